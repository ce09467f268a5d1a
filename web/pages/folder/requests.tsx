import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { calendarDay, dayAndClock, iso, isPast } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { PlainText } from '../../components/plain-text/plain-text.tsx';
import { CalendarLink } from './calendar-link.tsx';
import { type EventOf, eventsOf } from './events.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

interface Properties {
  readonly caseNumber: string;
  readonly event: EventOf<'request'>;
}

const DueDate = ({ caseNumber, event, date }: Properties & { readonly date: string }) => {
  const t = texts<keyof typeof fi>();
  const due = <time dateTime={date}>{calendarDay(date, pageLanguage())}</time>;
  return (
    <p class="case__due">
      {t('request.due')} {due}{' '}
      {isPast(date, Date.now()) ? (
        <span class="badge">{t('request.past')}</span>
      ) : (
        <CalendarLink caseNumber={caseNumber} event={event.id} date={date} />
      )}
    </p>
  );
};

const Request = ({ caseNumber, event }: Properties) => (
  <li class="case__request">
    <p class="muted">
      <time dateTime={iso(event.at)}>{dayAndClock(event.at, pageLanguage())}</time>
    </p>
    <PlainText text={event.text} />
    {event.dueDate && <DueDate caseNumber={caseNumber} event={event} date={event.dueDate} />}
  </li>
);

/** What the department asks for, newest first, with the day it is needed by. */
export const Requests = ({ shown: { events, caseNumber } }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const requests = eventsOf(events, 'request').toReversed();
  if (requests.length === 0) return null;
  return (
    <Part title={t('requests')}>
      <ul class="list-plain stack">
        {requests.map(event => (
          <Request key={event.id} caseNumber={caseNumber} event={event} />
        ))}
      </ul>
    </Part>
  );
};
