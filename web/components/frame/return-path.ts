/** Where to go after signing in: a path of this site, or undefined. What could lead elsewhere does not pass. */
export const returnPath = (search: string): string | undefined => {
  const path = new URLSearchParams(search).get('return') ?? '';
  return /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : undefined;
};

/** Hands the `return` of this page's address to the links that lead on (R3.2). True when there was one. */
export const keepReturn = (): boolean => {
  const path = returnPath(location.search);
  if (path === undefined) return false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-keep-return]')) {
    const url = new URL(link.href);
    url.searchParams.set('return', path);
    link.href = url.href;
  }
  return true;
};
