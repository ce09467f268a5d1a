import { toReturnPath } from '../../../lambdas/domain/return-path.ts';

/** Hands the `return` of this page's address to the links that lead on (R3.2). True when there was one. */
export const keepReturn = (): boolean => {
  const path = toReturnPath(new URLSearchParams(location.search).get('return') ?? undefined);
  if (path === undefined) return false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-keep-return]')) {
    const url = new URL(link.href);
    url.searchParams.set('return', path);
    link.href = url.href;
  }
  return true;
};
