/** Runs before the first paint, as a classic script: what must not flash. Keep it tiny. */
const root = document.documentElement;
root.classList.add('js');
/** Set at sign-in, cleared at sign-out; says nothing about who. */
if (/(^|; )signed-in=1/.test(document.cookie)) root.classList.add('signed-in');
try {
  const size = localStorage.getItem('text-size');
  if (size) root.dataset.textSize = size;
} catch {
  // Storage may be forbidden: the size is then kept for this page only.
}
