/** Runs before the first paint, as a classic script: what must not flash. Keep it tiny. */
const root = document.documentElement;
const { hash, pathname, search } = location;
/** Set at sign-in, cleared at sign-out; says nothing about who. */
const signedIn = /(^|; )signed-in=1/.test(document.cookie);
/** `resumed`: the address says more than which page: a draft, what another page has sent along. */
root.className = `js${signedIn ? ' signed-in' : ''}${search || hash ? ' resumed' : ''}`;
try {
  const size = localStorage.getItem('text-size');
  if (size) root.dataset.textSize = size;
} catch {
  // Storage may be forbidden: the size is then kept for this page only.
}

/** What is pressed before the page's script is there is pressed again by it (`client/typed-before.ts`). */
document.addEventListener('click', ({ target }) => {
  (target as Element).closest('.drawn button')?.classList.add('pressed');
});

/** A page's own questions, asked while its script is on the way (`asksFirst` of `web/page.ts`). */
const { asks } = (document.currentScript as HTMLScriptElement).dataset;
if (asks && signedIn && !search)
  for (const path of asks.split(' ')) {
    const link = document.createElement('link');
    link.rel = 'preload';
    link.as = 'fetch';
    link.crossOrigin = '';
    link.href = path.replace(':id', pathname.split('/')[3] ?? '');
    document.head.append(link);
  }
