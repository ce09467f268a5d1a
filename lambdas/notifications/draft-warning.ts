import { pageUrl } from '../../web/urls.ts';
import type { Language } from '../domain/language.ts';
import { translator } from '../domain/texts.ts';
import { type City, type DigestTexts, escaped, htmlOf } from './digest.ts';
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
export const draftWarningTexts = (
  language: Language,
  day: string,
  { name, helpline }: City,
  portalUrl: string,
): DigestTexts => {
  const t = translator(texts[language], language);
  const url = `${portalUrl}${pageUrl(language, 'folder')}`;
  const values = {
    city: name[language],
    helpline: helpline.name[language],
    phone: helpline.phone.replaceAll(' ', '\u00a0'),
    url,
    date: written(day, language),
  };
  const subject = t('draft.subject', values);
  const news = t('draft.news', values);
  const after = [t('privacy'), t('never'), t('help', values), name[language], t('noReply')];
  return {
    email: {
      sender: name[language],
      subject,
      text: [t('greeting'), `${news}\n${url}`, ...after].join('\n\n'),
      html: htmlOf(language, subject, [
        escaped(t('greeting')),
        escaped(news),
        `<a href="${escaped(url)}">${escaped(t('folder'))}</a>`,
        ...after.map(escaped),
      ]),
    },
    sms: t('draft.sms', { ...values, phone: helpline.phone.replaceAll(' ', '') }),
  };
};
