import type { Language } from '../domain/language.ts';
import type { City } from './city.ts';

export interface EmailText {
  /** Who writes, as a mail program shows it. */
  readonly sender: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The same news by either way. */
export interface Letter {
  readonly email: EmailText;
  readonly sms: string;
}

/** Words, with a place to go on the line below. */
export type Paragraph = string | { readonly words: string; readonly url: string; readonly label: string };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, character => entities[character] ?? '');

const asText = (paragraph: Paragraph): string =>
  typeof paragraph === 'string' ? paragraph : `${paragraph.words}\n${paragraph.url}`;

const asHtml = (paragraph: Paragraph): readonly string[] =>
  typeof paragraph === 'string'
    ? [escaped(paragraph)]
    : [escaped(paragraph.words), `<a href="${escaped(paragraph.url)}">${escaped(paragraph.label)}</a>`];

/** No pictures, styles or tracking: what a mail program shows safely, and what a screen reader reads. */
export const email = (
  language: Language,
  city: City,
  subject: string,
  paragraphs: readonly Paragraph[],
): EmailText => ({
  sender: city.name[language],
  subject,
  text: paragraphs.map(asText).join('\n\n'),
  html: [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>`,
    ...paragraphs.flatMap(asHtml).map(paragraph => `<p>${paragraph}</p>`),
    '</body></html>',
  ].join('\n'),
});
