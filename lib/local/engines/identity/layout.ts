import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { isLanguage, type Language, languages } from '../../../../lambdas/domain/language.ts';
import { translator } from '../../../../lambdas/domain/texts.ts';
import { type Html, html } from '../../html.ts';
import { type Key, texts } from './texts.ts';

export type Translate = (key: Key, values?: Readonly<Record<string, string>>) => string;
export const translate = (language: Language): Translate => translator(texts[language], language);

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  /** The same page in another language; absent where switching would lose the place. */
  readonly switchTo?: (language: Language) => string;
  readonly script?: 'sign-out';
}

const names: Readonly<Record<Language, string>> = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

const languageLinks = ({ language, switchTo }: Page, t: Translate): Html | undefined =>
  switchTo &&
  html`<nav aria-label="${t('language')}"><ul>${languages.map(one => {
    const current = one === language ? html` aria-current="true"` : undefined;
    return html`<li><a href="${switchTo(one)}" lang="${one}" hreflang="${one}"${current}>${names[one]}</a></li>`;
  })}</ul></nav>`;

/** A whole page of the provider, in its own plain look: it is the state's, not the city's. */
export const layout = (page: Page): string => {
  const t = translate(page.language);
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} – ${t('brand')}</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${page.script && html`<script type="module" src="/assets/${page.script}.js"></script>`}
</head>
<body>
<header><div class="bar"><p><strong>${t('brand')}</strong>${t('brandNote')}</p>${languageLinks(page, t)}</div></header>
<main>${page.body}</main>
</body>
</html>
`.html;
};

/** Where forms may lead and frames may point, beside this site: a form's redirects are held to it as well. */
export interface Reach {
  readonly forms?: readonly string[];
  readonly frames?: readonly string[];
}

export const securityHeaders = ({ forms = [], frames = [] }: Reach = {}): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    `form-action ${["'self'", ...new Set(forms)].join(' ')}`,
    `frame-src ${frames.length > 0 ? [...new Set(frames)].join(' ') : "'none'"}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

export const answerPage = (response: ServerResponse, status: number, page: Page, reach?: Reach): void => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...securityHeaders(reach) });
  response.end(layout(page));
};

/** The first language of `ui_locales` (`sv-FI fi`) or Accept-Language that there are texts in; else Finnish. */
export const languageOf = (locales: string | undefined): Language =>
  (locales ?? '')
    .split(/[\s,]+/)
    .map(locale => locale.slice(0, 2).toLowerCase())
    .find(isLanguage) ?? 'fi';

const assets: Readonly<Record<string, string>> = {
  'style.css': 'text/css; charset=utf-8',
  'sign-out.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
};

export const answerAsset = (response: ServerResponse, name: string): void => {
  const type = assets[name];
  if (type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff' });
  response.end(readFileSync(new URL(`assets/${name}`, import.meta.url)));
};
