const open = () => {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, '', location.pathname);
  const opening = document.getElementById('abriendo');
  opening.hidden = false;
  document.querySelector('main').replaceChildren(opening);
  const form = document.getElementById('abrir');
  form.secreto.value = secret;
  form.submit();
};
if (!location.hash.slice(1)) {
  const style = document.querySelector('meta[name="mesa-style"]');
  if (style) document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style.content }));
}
addEventListener('hashchange', open);
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
open();
