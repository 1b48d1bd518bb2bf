// A browser that translates a page takes the nodes of its texts out and puts elements of its own there: Chrome a <font> within a
// <font>. The program knows each text by its node: what it writes into one that isn't in the page nobody sees, and what it takes
// out goes on standing there. So a node that was taken out goes, emptied, into a holder inside the element that stands for it.
// Whatever the program does to it there makes that element give way to it; the browser finds a new text, and translates it.

/** What is held, by its holder and by its node: { holder, node, words, instead }. */
const held = new WeakMap();
/** The same by the foreign element that stands for it. */
const standing = new WeakMap();

const isForeign = (node) => node?.nodeName === 'FONT';
const isFree = (node) => isForeign(node) && node.isConnected && !standing.has(node);

/** Begins; called once, before the program draws anything. */
export function followTranslation() {
  const observer = new MutationObserver((records) => {
    const lost = [];
    const fresh = new Set();
    for (const record of records) follow(record, lost, fresh, observer);
    // What was done here is no news.
    observer.takeRecords();
  });
  observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
}

function follow({ target, addedNodes, removedNodes, previousSibling, nextSibling }, lost, fresh, observer) {
  const touched = held.get(target);
  if (touched) {
    const foreign = [...addedNodes].find(isForeign);
    // What we hold was taken for a text of the page: out of reach, it is looked at on its own.
    if (foreign) return foreign.remove(), observer.observe(touched.node, { characterData: true });
    return giveWay(touched, target, fresh);
  }
  for (const node of removedNodes) {
    const what = standing.get(node) ?? (node.nodeType === Node.TEXT_NODE && { node });
    if (!what || node.isConnected) continue;
    const instead = [...addedNodes, previousSibling, nextSibling].find(isFree);
    if (instead) hold(what, instead, fresh);
    else lost.push({ what, target, previousSibling, nextSibling });
  }
  for (const node of addedNodes) {
    // Taken out first, and then put in.
    const place = lost.findIndex((one) => one.target === target && one.previousSibling === previousSibling && one.nextSibling === nextSibling);
    if (place >= 0 && isFree(node)) hold(lost.splice(place, 1)[0].what, node, fresh);
  }
  // A text that was put into the foreign element as it is, and that the program took out of there.
  if (isForeign(target) && removedNodes.length > 0 && !target.textContent) {
    const whole = outermost(target);
    if (!standing.has(whole)) whole.remove();
  }
}

const outermost = (node) => (isForeign(node.parentNode) ? outermost(node.parentNode) : node);

function hold(what, instead, fresh) {
  if (!what.holder) {
    what.holder = document.createElement('span');
    what.holder.translate = false;
    what.words = what.node.data;
    what.node.data = '';
    what.holder.append(what.node);
    held.set(what.holder, what).set(what.node, what);
    fresh.add(what);
  }
  what.instead = instead;
  standing.set(instead, what);
  instead.append(what.holder);
}

function giveWay(what, touched, fresh) {
  const { holder, node, words, instead } = what;
  held.delete(holder);
  held.delete(node);
  // Written while it was out, before it was held, or only moved: its words are still those.
  if (!node.data && (touched === holder || fresh.has(what))) node.data = words;
  if (touched === node && !node.isConnected) holder.append(node);
  instead.replaceWith(...holder.childNodes);
}
