import { pageUrl } from '../../web/urls.ts';
import type { Language } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { type City, cityValues, shortPhone } from './city.ts';
import { email, type Letter } from './letter.ts';
import { texts } from './texts.ts';

const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

const written = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: language === 'en' ? 'long' : 'numeric',
    year: 'numeric',
  }).format(Date.parse(`${day}T00:00:00Z`));

/** That a draft is to be removed on a day, and where it is. Nothing about which, of which service or for whom. */
export const draftWarningTexts = (language: Language, day: string, city: City, portalUrl: string): Letter => {
  const t = translator(texts[language], language);
  const url = `${portalUrl}${pageUrl(language, 'folder')}`;
  const values = { ...cityValues(language, city), url, date: written(day, language) };
  return {
    email: email(language, city, t('draft.subject', values), [
      t('greeting'),
      { words: t('draft.news', values), url, label: t('folder') },
      t('privacy'),
      t('never'),
      t('help', values),
      values.city,
      t('noReply'),
    ]),
    sms: t('draft.sms', { ...values, phone: shortPhone(city) }),
  };
};
