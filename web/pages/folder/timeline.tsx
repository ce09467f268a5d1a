import { statusNames } from '../../../lambdas/domain/status.ts';
import type { CitizenEvent } from '../../../lambdas/http/wire.ts';
import { calendarDay, dayAndClock, iso } from '../../client/dates.ts';
import { type Translate, texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** What happened, in one line; the content of messages and decisions stands in its own part. */
const inWords = (event: CitizenEvent, t: Translate<keyof typeof fi>): string => {
  const language = pageLanguage();
  switch (event.type) {
    case 'submitted':
      return t('event.submitted');
    case 'status':
      return t('event.status', { status: event.label?.[language] ?? statusNames[event.status][language] });
    case 'message':
      return t(event.by === 'citizen' ? 'event.message.own' : 'event.message');
    case 'decision':
      return t('event.decision', { title: event.title[language] });
    case 'place':
      return t('event.place');
    case 'request':
      return event.dueDate
        ? t('event.request.due', { date: calendarDay(event.dueDate, language) })
        : t('event.request');
    case 'attachment':
      return t('event.attachment', { name: event.attachment.name });
    case 'attachment-refused':
      return t(`event.attachment.${event.why}`, { name: event.attachment.name });
    default:
      return event satisfies never;
  }
};

/** All that happened to the case, newest first. */
export const Timeline = ({ events }: { events: readonly CitizenEvent[] }) => {
  const t = texts<keyof typeof fi>();
  return (
    <Part title={t('timeline')}>
      <ol class="timeline" reversed>
        {events.toReversed().map(event => (
          <li key={event.id}>
            <time dateTime={iso(event.at)}>{dayAndClock(event.at, pageLanguage())}</time>
            <span>{inWords(event, t)}</span>
          </li>
        ))}
      </ol>
    </Part>
  );
};
