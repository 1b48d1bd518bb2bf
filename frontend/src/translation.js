// A browser that translates a page removes its text nodes and inserts elements of its own instead: Chrome a <font> within a <font>. The
// program keeps references to its text nodes: what it writes into a detached one isn't visible, and what it removes stays on the page. So a
// removed node is emptied and held in a holder inside the element that replaced it. When the program changes it there, it takes that
// element's place again; the browser finds a new text, and translates it.

/** Held nodes, by holder and by node: { holder, node, words, instead }. */
const held = new WeakMap();
/** The same by the foreign element that replaced the node. */
const standing = new WeakMap();

const isForeign = (node) => node?.nodeName === 'FONT';
const isFree = (node) => isForeign(node) && node.isConnected && !standing.has(node);

/** Starts observing; called once, before the program renders anything. */
export function followTranslation() {
  const observer = new MutationObserver((records) => {
    const lost = [];
    const fresh = new Set();
    for (const record of records) follow(record, lost, fresh, observer);
    // Drop the records of our own changes.
    observer.takeRecords();
  });
  observer.observe(document.documentElement, { childList: true, characterData: true, subtree: true });
}

function follow({ target, addedNodes, removedNodes, previousSibling, nextSibling }, lost, fresh, observer) {
  const touched = held.get(target);
  if (touched) {
    const foreign = [...addedNodes].find(isForeign);
    // The held node itself was translated: it is detached now, outside the observed tree, and needs observing of its own.
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
    // The text was removed first, and its replacement inserted afterwards.
    const place = lost.findIndex((one) => one.target === target && one.previousSibling === previousSibling && one.nextSibling === nextSibling);
    if (place >= 0 && isFree(node)) hold(lost.splice(place, 1)[0].what, node, fresh);
  }
  // The foreign element contained a text node itself, and the program removed that from it.
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
  // Only moved, or written before it was held: its words are still the same.
  if (!node.data && (touched === holder || fresh.has(what))) node.data = words;
  if (touched === node && !node.isConnected) holder.append(node);
  instead.replaceWith(...holder.childNodes);
}
