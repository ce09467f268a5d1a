import { pageUrl } from '../../web/urls.ts';
import { codeMinutes } from '../domain/contact-change.ts';
import type { Language } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { type City, cityValues, shortPhone } from './city.ts';
import { email, type Letter } from './letter.ts';
import { texts } from './texts.ts';

/** The code that confirms an address. No link: who asked for it has the page open, and nobody else has any use for one. */
export const codeTexts = (language: Language, code: string, city: City): Letter => {
  const t = translator(texts[language], language);
  const values = { ...cityValues(language, city), code, minutes: codeMinutes };
  return {
    email: email(language, city, t('code.subject', values), [
      t('greeting'),
      t('code.news', values),
      t('code.use', values),
      t('code.unasked'),
      t('help', values),
      values.city,
    ]),
    sms: t('code.sms', values),
  };
};

/** To an address that is used no more: that it is not, and what to do where somebody else has done that. Not which is now. */
export const addressGoneTexts = (language: Language, city: City, portalUrl: string): Letter => {
  const t = translator(texts[language], language);
  const values = { ...cityValues(language, city), url: `${portalUrl}${pageUrl(language, 'details')}` };
  return {
    email: email(language, city, t('gone.subject', values), [
      t('greeting'),
      t('gone.news'),
      t('gone.unasked', values),
      t('help', values),
      values.city,
    ]),
    sms: t('gone.sms', { ...values, phone: shortPhone(city) }),
  };
};
