import { isLanguage, type Language } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, html } from './answer.ts';
import type { PublicRequest } from './request.ts';

/** The site's page for what is not there, built once a language. */
export type NotFoundPages = Readonly<Record<Language, string>>;

/** What the page needs of its own site, and nothing else. */
const pagePolicy = [
  "default-src 'none'",
  ...['script-src', 'style-src', 'img-src', 'font-src', 'connect-src', 'form-action'].map(
    kind => `${kind} 'self'`,
  ),
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const isUnderApi = (path: string): boolean => path === '/api' || path.startsWith('/api/');

/** CloudFront asks for the file it looked for: of the catalogue, the language is behind `/catalogue/<version>`. */
const languageOf = ({ path, cookies }: PublicRequest): Language =>
  [...path.split('/'), cookies.language].find(isLanguage) ?? 'fi';

/** Whatever has no route: a problem under `/api`, else the page that says so, in the language of the address. */
export const notFound = async (request: PublicRequest, pages: NotFoundPages): Promise<Answer> => {
  if (isUnderApi(request.path)) return refuse({ kind: 'not-found' });
  if (!['GET', 'HEAD'].includes(request.method)) return refuse({ kind: 'method-not-allowed' });
  return html(404, pages[languageOf(request)], { headers: { 'content-security-policy': pagePolicy } });
};
