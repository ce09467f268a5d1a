import type { ServerResponse } from 'node:http';
import type { Language, Translated } from '../../../../lambdas/domain/language.ts';
import { translator } from '../../../../lambdas/domain/texts.ts';
import { type Html, html } from '../../html.ts';
import { securityHeaders } from '../identity/layout.ts';
import { fullName, type Organisation, type Person } from '../identity/people.ts';
import { texts } from './texts.ts';

/** One person's question, and where its answer goes. */
export interface Question {
  readonly language: Language;
  readonly person: Person;
  readonly organisations: readonly Organisation[];
  readonly service: Translated;
  /** Fields that come back with the answer. */
  readonly fields: Readonly<Record<string, string>>;
  /** Where the browser goes on to. */
  readonly origin: string;
}

const layout = (language: Language, title: string, body: Html): string => {
  const t = translator(texts[language], language);
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${t('brand')}</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
</head>
<body>
<header><div class="bar"><p><strong>${t('brand')}</strong>${t('brandNote')}</p></div></header>
<main>${body}</main>
</body>
</html>
`.html;
};

const answer = (
  response: ServerResponse,
  status: number,
  text: string,
  forms: readonly string[] = [],
): void => {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    ...securityHeaders({ forms }),
  });
  response.end(text);
};

const choice = (value: string, label: string, note: string): Html =>
  html`<li><button name="organisation" value="${value}" aria-describedby="note-${value}">${label}</button>
<p class="note" id="note-${value}">${note}</p></li>`;

export const askWhich = (response: ServerResponse, question: Question): void => {
  const { language, person, organisations, service, fields, origin } = question;
  const t = translator(texts[language], language);
  const name = fullName(person);
  const hidden = Object.entries(fields).map(
    ([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`,
  );
  const one = organisations.map(({ businessId, name: title, roles }) =>
    choice(businessId, title, `${t('businessId', { id: businessId })}. ${roles.join(', ')}`),
  );
  const choices =
    organisations.length === 0
      ? html`<p class="alert" role="alert">${t('none', { name })}</p>
<p><button name="organisation" value="none">${t('back')}</button></p>`
      : html`<p>${t('question', { name, service: service[language] })}</p>
<ul class="choices">${one}${organisations.length > 1 && choice('all', t('all'), t('allNote'))}</ul>`;
  const body = html`<h1>${t('choose')}</h1>
<form method="post" action="/oauth/authorize">${hidden}${choices}
<p class="leave"><button name="organisation" value="cancel">${t('cancel')}</button></p></form>`;
  answer(response, 200, layout(language, t('choose'), body), [origin]);
};

export const failure = (response: ServerResponse, language: Language): void => {
  const t = translator(texts[language], language);
  answer(
    response,
    400,
    layout(language, t('failed'), html`<h1>${t('failed')}</h1><p>${t('failedNote')}</p>`),
  );
};
