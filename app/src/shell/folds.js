const unfold = () => {
  const there = document.getElementById(location.hash.slice(1));
  const fold = there?.closest('details:not([open])');
  if (fold) {
    fold.open = true;
    there.scrollIntoView();
  }
};
unfold();
addEventListener('hashchange', unfold);
let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const fold of folded) fold.open = true;
});
addEventListener('afterprint', () => {
  for (const fold of folded) fold.open = false;
});
