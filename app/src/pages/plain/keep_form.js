// Keeps on this device what is typed in a form, until the server has taken it: a browser that dies loses nothing. Passphrases aren't kept.
const form = document.querySelector('form[data-keep]');
if (form) {
  const key = `mesa.form.${form.dataset.keep}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== 'password' && field.type !== 'hidden');
  const value = (field) => (field.type === 'checkbox' ? String(field.checked) : field.value);
  const given = Object.fromEntries(fields().map((field) => [field.name, value(field)]));
  // What the server sends back with a remark is newer than what was kept.
  const answered = form.querySelector('[role="alert"]');
  try {
    const kept = answered ? null : JSON.parse(localStorage.getItem(key) ?? 'null');
    for (const field of kept ? fields() : []) {
      if (kept[field.name] === undefined) continue;
      if (field.type === 'checkbox') field.checked = kept[field.name] === 'true';
      else field.value = kept[field.name];
    }
  } catch {
    // Without storage the form works as any other.
  }
  let timer;
  const keep = () => {
    try {
      const typed = Object.fromEntries(fields().map((field) => [field.name, value(field)]));
      if (JSON.stringify(typed) === JSON.stringify(given) && !answered) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(typed));
    } catch {
      // As above.
    }
  };
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(keep, 300); });
  addEventListener('pagehide', keep);
  // A second tap sends nothing more.
  let going = false;
  form.addEventListener('submit', (event) => {
    if (going) return event.preventDefault();
    going = true;
    keep();
  });
  addEventListener('pageshow', () => { going = false; });
}
for (const field of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button entry-show';
  button.textContent = 'ver';
  button.addEventListener('click', () => {
    const shown = field.type === 'text';
    field.type = shown ? 'password' : 'text';
    button.textContent = shown ? 'ver' : 'ocultar';
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
