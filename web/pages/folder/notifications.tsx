import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** E-mails and text messages that told of the case, newest first, each with what became of it (R9). */
export const Notifications = ({ shown: { notifications } }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  if (notifications.length === 0) return null;
  return (
    <Part title={t('notifications')}>
      <p class="muted">{t('notifications.lead')}</p>
      <ul class="list-plain stack stack--s">
        {notifications.toReversed().map(({ at, channel, outcome }) => (
          <li key={at}>
            {t(`notification.${channel}`)} <time dateTime={iso(at)}>{dayAndClock(at, language)}</time>
            {' · '}
            <strong>{t(`notification.${outcome}`)}</strong>{' '}
            {outcome === 'failed' && <a href={pageUrl(language, 'details')}>{t('notification.mend')}</a>}
          </li>
        ))}
      </ul>
    </Part>
  );
};
