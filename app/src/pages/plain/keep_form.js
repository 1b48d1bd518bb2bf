// Keeps on this device what is typed in a form, until the server has taken it: a browser that dies loses nothing. Passphrases aren't kept.
const storage = {
  read(where, key) { try { return JSON.parse(where.getItem(key) ?? 'null'); } catch { return null; } },
  // Without storage the form works as any other.
  write(where, key, value) { try { value === null ? where.removeItem(key) : where.setItem(key, JSON.stringify(value)); } catch { /* as above */ } },
};
// A form was sent, and this page is the answer: it was taken, unless this is the same page again without a word of it.
const sent = storage.read(sessionStorage, 'mesa.sent');
storage.write(sessionStorage, 'mesa.sent', null);
if (sent && (document.querySelector('main [role="status"]') || location.pathname !== sent.path)) storage.write(localStorage, sent.key, null);

const form = document.querySelector('form[data-keep]');
if (form) {
  const key = `mesa.form.${form.dataset.keep}`;
  const fields = () => [...form.elements].filter((field) => field.name && !field.dataset.show && !['password', 'hidden', 'submit', 'file'].includes(field.type));
  const value = (field) => (field.type === 'checkbox' ? String(field.checked) : field.value);
  const values = () => Object.fromEntries(fields().map((field) => [field.name, value(field)]));
  const given = values();
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  // What the server sends back with a remark is newer than what was kept. Where somebody else saved meanwhile, what was kept waits.
  const answered = form.querySelector('[role="alert"]');
  const kept = answered ? null : storage.read(localStorage, key);
  if (kept && same(kept.given, given) && !same(kept.typed, given)) {
    for (const field of fields()) {
      const typed = kept.typed[field.name];
      if (typed === undefined) continue;
      if (field.type === 'checkbox') field.checked = typed === 'true';
      else field.value = typed;
    }
    const note = document.createElement('p');
    note.className = 'note';
    note.setAttribute('role', 'note');
    note.textContent = form.dataset.kept ?? '';
    form.prepend(note);
  }
  let timer;
  let touched = Boolean(answered);
  const keep = () => {
    clearTimeout(timer);
    if (touched) storage.write(localStorage, key, { given: kept?.given ?? given, typed: values() });
  };
  form.addEventListener('input', () => { touched = true; clearTimeout(timer); timer = setTimeout(keep, 300); });
  addEventListener('pagehide', keep);
  // A second tap sends nothing more.
  let going = false;
  form.addEventListener('submit', (event) => {
    if (going) return event.preventDefault();
    going = true;
    keep();
    storage.write(sessionStorage, 'mesa.sent', { key, path: location.pathname });
  });
  addEventListener('pageshow', () => { going = false; });
}
for (const field of document.querySelectorAll('input[data-show]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button entry-show';
  button.textContent = field.dataset.show;
  button.addEventListener('click', () => {
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    button.textContent = shown ? field.dataset.show : field.dataset.hide;
  });
  field.after(button);
}
// A file's text goes into its field.
for (const field of document.querySelectorAll('textarea[data-file]')) {
  const chooser = document.createElement('input');
  chooser.type = 'file';
  chooser.setAttribute('aria-label', field.dataset.file);
  chooser.addEventListener('change', async () => { field.value = (await chooser.files[0]?.text()) ?? ''; });
  field.before(chooser);
}
// Who leaves the device leaves nothing typed behind.
document.querySelector('form[action="/salir"]')?.addEventListener('submit', () => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith('mesa.form.')) localStorage.removeItem(key);
  } catch {
    // There is nothing then.
  }
});
