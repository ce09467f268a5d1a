import { pageUrl } from '../../web/urls.ts';
import { codeMinutes } from '../domain/contact-change.ts';
import type { Language } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { type City, type DigestTexts, escaped, htmlOf } from './digest.ts';
import { texts } from './texts.ts';

const cityValues = (language: Language, { name, helpline }: City) => ({
  city: name[language],
  helpline: helpline.name[language],
  phone: helpline.phone.replaceAll(' ', '\u00a0'),
});

const letter = (
  language: Language,
  sender: string,
  subject: string,
  paragraphs: readonly string[],
): DigestTexts['email'] => ({
  ...{ sender, subject, text: paragraphs.join('\n\n') },
  html: htmlOf(language, subject, paragraphs.map(escaped)),
});

/** The code that confirms an address. No link: who asked for it has the page open, and nobody else has any use for one. */
export const codeTexts = (language: Language, code: string, city: City): DigestTexts => {
  const t = translator(texts[language], language);
  const values = { ...cityValues(language, city), code, minutes: codeMinutes };
  const name = city.name[language];
  return {
    email: letter(language, name, t('code.subject', values), [
      t('greeting'),
      t('code.news', values),
      t('code.use', values),
      t('code.unasked'),
      t('help', values),
      name,
    ]),
    sms: t('code.sms', values),
  };
};

/** To an address that is used no more: that it is not, and what to do where somebody else has done that. Not which is now. */
export const addressGoneTexts = (language: Language, city: City, portalUrl: string): DigestTexts => {
  const t = translator(texts[language], language);
  const url = `${portalUrl}${pageUrl(language, 'details')}`;
  const values = { ...cityValues(language, city), url };
  const name = city.name[language];
  return {
    email: letter(language, name, t('gone.subject', values), [
      t('greeting'),
      t('gone.news'),
      t('gone.unasked', values),
      t('help', values),
      name,
    ]),
    sms: t('gone.sms', { ...values, phone: city.helpline.phone.replaceAll(' ', '') }),
  };
};
