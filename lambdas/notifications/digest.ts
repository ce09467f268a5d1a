import * as z from 'zod/mini';
import { pageUrl } from '../../web/urls.ts';
import type { Language, Translated } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { texts } from './texts.ts';

/** Who writes, as people know it. */
export interface City {
  readonly name: Translated;
  readonly helpline: { readonly name: Translated; readonly phone: string };
}

const translated = z.object({ fi: z.string(), sv: z.string(), en: z.string() });
const city = z.object({ name: translated, helpline: z.object({ name: translated, phone: z.string() }) });

/** Reads the setting `CITY`. Throws what is wrong with it, at start. */
export const readCity = (json: string): City => city.parse(JSON.parse(json));

export interface EmailText {
  /** Who writes, as a mail program shows it. */
  readonly sender: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface DigestTexts {
  readonly email: EmailText;
  readonly sms: string;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, character => entities[character] ?? '');

/** No pictures, styles or tracking: what a mail program shows safely, and what a screen reader reads. */
export const htmlOf = (language: Language, subject: string, paragraphs: readonly string[]): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>`,
    ...paragraphs.map(paragraph => `<p>${paragraph}</p>`),
    '</body></html>',
  ].join('\n');

/**
 * That there is something new, and where to read it (R9). Nothing about what, of which service or for whom: the same
 * words go to everybody who reads the language.
 */
export const digestTexts = (language: Language, { name, helpline }: City, portalUrl: string): DigestTexts => {
  const t = translator(texts[language], language);
  const url = `${portalUrl}${pageUrl(language, 'folder')}`;
  const values = {
    city: name[language],
    helpline: helpline.name[language],
    phone: helpline.phone.replaceAll(' ', '\u00a0'),
    url,
  };
  const subject = t('subject', values);
  const after = [t('privacy'), t('never'), t('help', values), name[language], t('noReply')];
  return {
    email: {
      sender: name[language],
      subject,
      text: [t('greeting'), `${t('news')}\n${url}`, ...after].join('\n\n'),
      html: htmlOf(language, subject, [
        escaped(t('greeting')),
        escaped(t('news')),
        `<a href="${escaped(url)}">${escaped(t('folder'))}</a>`,
        ...after.map(escaped),
      ]),
    },
    sms: t('sms', { ...values, phone: helpline.phone.replaceAll(' ', '') }),
  };
};
