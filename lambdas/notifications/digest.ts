import { pageUrl } from '../../web/urls.ts';
import type { Language } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { type City, cityValues, shortPhone } from './city.ts';
import { email, type Letter } from './letter.ts';
import { texts } from './texts.ts';

/**
 * That there is something new, and where to read it (R9). Nothing about what, of which service or for whom: the same
 * words go to everybody who reads the language.
 */
export const digestTexts = (language: Language, city: City, portalUrl: string): Letter => {
  const t = translator(texts[language], language);
  const url = `${portalUrl}${pageUrl(language, 'folder')}`;
  const values = { ...cityValues(language, city), url };
  return {
    email: email(language, city, t('subject', values), [
      t('greeting'),
      { words: t('news'), url, label: t('folder') },
      t('privacy'),
      t('never'),
      t('help', values),
      values.city,
      t('noReply'),
    ]),
    sms: t('sms', { ...values, phone: shortPhone(city) }),
  };
};
