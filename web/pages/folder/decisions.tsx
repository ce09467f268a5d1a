import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { getForm } from '../../client/api.ts';
import { calendarDay, dayAndClock, iso, isPast } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { PlainText } from '../../components/plain-text/plain-text.tsx';
import { CalendarLink } from './calendar-link.tsx';
import { type EventOf, eventsOf } from './events.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

type Decision = EventOf<'decision'>;

/** The form's own instructions, where the decision has none. */
const useInstructions = (shown: CaseAnswer, { appeal }: Decision): string | undefined => {
  const language = pageLanguage();
  const own = appeal?.instructions?.[language];
  const loaded = useLoad(
    async () => (own ? undefined : await getForm<CompiledForm>(shown.form, shown.formVersion)),
    own,
  );
  return own ?? (loaded.state === 'ready' ? loaded.value?.settings?.appeal?.[language] : undefined);
};

const Appeal = ({ shown, event }: { shown: CaseAnswer; event: Decision }) => {
  const t = texts<keyof typeof fi>();
  const instructions = useInstructions(shown, event);
  const { url, dueDate } = event.appeal ?? {};
  if (!instructions && !url && !dueDate) return null;
  return (
    <div class="stack stack--s">
      <h6>{t('appeal')}</h6>
      {instructions && <PlainText text={instructions} />}
      {url && (
        <p>
          <a href={url} rel="noopener noreferrer">
            {t('appeal.link')}
          </a>
        </p>
      )}
      {dueDate && (
        <p class="case__due">
          {t('appeal.due')} <time dateTime={dueDate}>{calendarDay(dueDate, pageLanguage())}</time>{' '}
          {isPast(dueDate, Date.now()) ? (
            <span class="badge">{t('request.past')}</span>
          ) : (
            <CalendarLink caseNumber={shown.caseNumber} event={event.id} date={dueDate} />
          )}
        </p>
      )}
    </div>
  );
};

/** What was decided, when the citizen was served with it, and how it is appealed against. */
export const Decisions = ({ shown }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const decisions = eventsOf(shown.events, 'decision').toReversed();
  if (decisions.length === 0) return null;
  return (
    <Part title={t('decisions')}>
      <ul class="list-plain stack">
        {decisions.map(event => (
          <li key={event.id} class="case__decision stack stack--s">
            <h5>{event.title[language]}</h5>
            <p class="muted">
              <time dateTime={iso(event.at)}>{dayAndClock(event.at, language)}</time>
              {event.readAt !== undefined && (
                <>
                  {' · '}
                  {t('decision.served')}{' '}
                  <time dateTime={iso(event.readAt)}>{dayAndClock(event.readAt, language)}</time>
                </>
              )}
            </p>
            <PlainText text={event.text} />
            <Appeal shown={shown} event={event} />
          </li>
        ))}
      </ul>
    </Part>
  );
};
