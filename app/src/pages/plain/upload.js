// Sends a chosen file piece by piece and shows how much has come: a connection that is cut costs one piece, and a page that is closed nothing: the same file goes on
// where it was. Without this script the form sends the file as one.
const PIECE = 1 << 20;
const FIRST = 1_000, LONGEST = 15_000, WITHIN = 120_000;
const storage = {
  read(key) { try { return localStorage.getItem(key); } catch { return null; } },
  write(key, value) { try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* then it begins anew */ } },
};
const pause = (time) => new Promise((done) => {
  const timer = setTimeout(done, time);
  addEventListener('online', () => { clearTimeout(timer); done(); }, { once: true });
});
// Asks until there is an answer that isn't a failure of the way or of the server.
const ask = async (say, address, options) => {
  for (let wait = FIRST; ; wait = Math.min(2 * wait, LONGEST)) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), WITHIN);
    try {
      const answer = await fetch(address, { ...options, signal: stop.signal });
      if (answer.status < 500 && answer.status !== 429) return { status: answer.status, text: await answer.text() };
    } catch { /* it is tried again */ } finally { clearTimeout(timer); }
    say('waits');
    await pause(wait);
    say('goes');
  }
};
class Refused extends Error {}
const send = async (form, file, show, say) => {
  const base = form.dataset.pieces;
  const about = new URLSearchParams([...new FormData(form)].filter(([name]) => name !== 'archivo'));
  about.set('nombre', file.name);
  const key = `mesa.subida.${base}.${about}.${file.size}.${file.lastModified}`;
  const whole = Math.floor(file.size / PIECE);
  let id = storage.read(key);
  let kept = 0;
  if (id) {
    const there = await ask(say, `${base}/${id}`);
    if (there.status === 200) kept = Number(there.text);
    else id = null;
  }
  if (!id) {
    const begun = await ask(say, base, { method: 'POST', body: new URLSearchParams([...about, ['bytes', file.size]]) });
    if (begun.status !== 200) throw new Refused(begun.status === 422 ? begun.text : '');
    id = begun.text;
    storage.write(key, id);
  }
  const part = (from, to) => ({ method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file.slice(from, to) });
  for (let number = Math.min(kept, whole); number < whole; number += 1) {
    show(number * PIECE);
    const piece = await ask(say, `${base}/${id}/${number}`, part(number * PIECE, (number + 1) * PIECE));
    if (piece.status !== 204) {
      storage.write(key, null);
      throw new Refused(piece.status === 422 ? piece.text : '');
    }
  }
  show(whole * PIECE);
  const ended = await ask(say, `${base}/${id}?${about}`, part(whole * PIECE, file.size));
  storage.write(key, null);
  if (ended.status !== 200) throw new Refused(ended.status === 422 ? ended.text : '');
  show(file.size);
  return ended.text;
};
for (const form of document.querySelectorAll('form[data-pieces]')) {
  const bar = form.querySelector('progress'), said = form.querySelector('[role="status"]'), counted = form.querySelector('.upload-count');
  const button = form.querySelector('button');
  form.addEventListener('submit', async (event) => {
    const file = form.elements.archivo.files[0];
    if (!file) return;
    event.preventDefault();
    const words = form.dataset;
    const say = (what) => { const text = words[what] ?? what; if (said.textContent !== text) said.textContent = text; };
    const show = (bytes) => {
      bar.max = Math.max(file.size, 1);
      bar.value = bytes;
      counted.textContent = words.count.replace('{}', (bytes / 1e6).toFixed(1)).replace('{}', (file.size / 1e6).toFixed(1));
    };
    button.disabled = true;
    said.classList.remove('entry-error');
    form.dataset.going = '';
    show(0);
    say('goes');
    try {
      const to = new URL(await send(form, file, show, say), location.href);
      // The same address but for its fragment would load nothing.
      if (to.pathname + to.search === location.pathname + location.search) { location.hash = to.hash; location.reload(); } else location.assign(to);
    } catch (problem) {
      if (!(problem instanceof Refused) && !(problem instanceof DOMException)) throw problem;
      say(problem.message && problem instanceof Refused ? problem.message : 'lost');
      said.classList.add('entry-error');
      button.disabled = false;
      delete form.dataset.going;
    }
  });
}
