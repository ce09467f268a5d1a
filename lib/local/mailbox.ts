/** What the local portal has sent, for a person to read: `/mailbox` beside the identification page. */
import { readFileSync } from 'node:fs';
import type { DeliveredMessage } from './engines/message.ts';
import { answerJson, type Handle } from './engines/server.ts';
import { type Html, html } from './html.ts';

const helsinki = new Intl.DateTimeFormat('fi-FI', {
  timeZone: 'Europe/Helsinki',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `23.11.2026 klo 9.00.00`, Europe/Helsinki. */
export const readableTime = (at: string): string => helsinki.format(Date.parse(at));

const channels = { email: 'E-mail', sms: 'Text message' } as const;

/** The message as it is to the contract, without what only an engine knows. */
export const asContracted = ({ channel, to, subject, text, at }: DeliveredMessage): DeliveredMessage => ({
  channel,
  to,
  ...(subject === undefined ? {} : { subject }),
  text,
  at,
});

/** Addresses in the text can be followed, as in a mail program. */
const linked = (text: string): Html[] =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));

const messageItem = ({ channel, to, subject, text, at }: DeliveredMessage): Html =>
  html`<li><h2>${subject ?? channels[channel]}</h2>
<p class="about">${channels[channel]} to ${to}, <time datetime="${at}">${readableTime(at)}</time></p>
<p class="text">${linked(text)}</p></li>`;

const page = (messages: readonly DeliveredMessage[]): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox (${messages.length})</title>
<link rel="stylesheet" href="/mailbox.css">
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>E-mails and text messages the portal has sent since it was started, newest last. <a href="/mailbox.json">JSON</a></p>
${messages.length === 0 ? html`<p>Nothing yet.</p>` : html`<ol>${messages.map(messageItem)}</ol>`}
</main>
</body>
</html>
`.html;

const policy =
  "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves `/mailbox`, `/mailbox.json` and their style; `messages` oldest first. */
export const serveMailbox =
  (messages: () => readonly DeliveredMessage[]): Handle =>
  (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://local');
    const headers = {
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    };
    if (pathname === '/mailbox.json') return answerJson(response, 200, messages().map(asContracted), headers);
    if (pathname === '/mailbox.css') {
      response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' });
      response.end(readFileSync(new URL('mailbox.css', import.meta.url)));
      return;
    }
    const found = pathname === '/mailbox' || pathname === '/mailbox/';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(found ? page(messages()) : '');
  };
