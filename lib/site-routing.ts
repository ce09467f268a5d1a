/**
 * What CloudFront asks for when a browser asks for a page. Runs in CloudFront's own JavaScript: no destructuring,
 * spread, default arguments, for-of or classes here; `site-function.ts` refuses to build what it would not understand.
 */
import { languages } from '../lambdas/domain/language.ts';
import { pages } from '../web/urls.ts';

export interface SiteRequest {
  readonly uri: string;
  /** With its question mark; empty where there is none. */
  readonly query: string;
  readonly acceptLanguage: string | undefined;
  /** The cookie `language`: what the person chose last. */
  readonly remembered: string | undefined;
}

export type SiteRoute =
  | { readonly redirect: string; readonly permanent: boolean }
  /**
   * `catalogue`: the file is rendered with the catalogue, under the version in use; where there is none yet,
   * `otherwise` or the same file as the site was built with stands in its place.
   */
  | { readonly file: string; readonly catalogue: boolean; readonly otherwise?: string };

const known: readonly string[] = languages;
/** Where nothing tells: the first of the portal's languages. */
const otherwise: string = languages[0];

/** `sv-FI;q=0.8` → 0.8; a range without a weight counts 1 (RFC 9110, section 12.5.4). */
const weightOf = (range: string): number => {
  const weight = /;\s*q=([\d.]+)/.exec(range);
  return weight ? Number(weight[1]) : 1;
};

/** The portal's language a browser likes best. */
export const preferredLanguage = (acceptLanguage: string | undefined): string => {
  let best = otherwise;
  let bestWeight = 0;
  (acceptLanguage || '').split(',').forEach(range => {
    const language = range.trim().slice(0, 2).toLowerCase();
    const weight = weightOf(range);
    if (known.indexOf(language) >= 0 && /^..($|[-;\s])/.test(range.trim()) && weight > bestWeight) {
      best = language;
      bestWeight = weight;
    }
  });
  return best;
};

const languageOf = (request: SiteRequest): string =>
  request.remembered && known.indexOf(request.remembered) >= 0
    ? request.remembered
    : preferredLanguage(request.acceptLanguage);

const isShell = (language: string, segment: string): boolean =>
  Object.keys(pages).some(name => {
    const page = pages[name as keyof typeof pages] as { path: Record<string, string>; shell?: true };
    return page.shell === true && page.path[language] === segment;
  });

/** A page under `/fi/`, `/sv/` or `/en/`; `rest` are the path's other segments. */
const pageRoute = (language: string, rest: readonly string[]): SiteRoute => {
  const segment = rest[0] || '';
  const path = `/${language}/${segment ? `${segment}/` : ''}`;
  const directory = `/${[language].concat(rest).join('/')}/`;
  const shell = `${path}index.html`;
  // Every published form has its own page, with its first questions in it.
  if (segment === pages.form.path[language as keyof typeof pages.form.path] && rest.length === 2)
    return { file: `${directory}index.html`, catalogue: true, otherwise: shell };
  if (isShell(language, segment)) return { file: shell, catalogue: false };
  const catalogue = segment === pages.services.path[language as keyof typeof pages.services.path];
  return { file: `${directory}index.html`, catalogue };
};

/** Where a request for the site leads: elsewhere, or to a file. */
export const routeSite = (request: SiteRequest): SiteRoute => {
  const uri = request.uri;
  if (uri === '/') return { redirect: `/${languageOf(request)}/${request.query}`, permanent: false };
  const segments = uri.split('/').filter(segment => segment !== '');
  const language = segments[0] || '';
  const last = segments[segments.length - 1] || '';
  // Files (`/assets/…`, `/robots.txt`, data beside a page) are what they are called.
  if (known.indexOf(language) < 0 || last.indexOf('.') >= 0) return { file: uri, catalogue: false };
  // Built from the segments: a path that begins with two slashes must not become another site's address.
  if (uri.charAt(uri.length - 1) !== '/')
    return { redirect: `/${segments.join('/')}/${request.query}`, permanent: true };
  return pageRoute(language, segments.slice(1));
};
