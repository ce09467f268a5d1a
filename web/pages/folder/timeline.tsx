import type { CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { eventWords } from './event-words.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** All that happened to the case, newest first. */
export const Timeline = ({ events }: { events: readonly CitizenEvent[] }) => {
  const t = texts<keyof typeof fi>();
  return (
    <Part title={t('timeline')}>
      <ol class="timeline" reversed>
        {events.toReversed().map(event => (
          <li key={event.id}>
            <time dateTime={iso(event.at)}>{dayAndClock(event.at, pageLanguage())}</time>
            <span>
              {eventWords(event, t, pageLanguage())}
              {event.byName && <span class="muted"> ({t('timeline.by', { name: event.byName })})</span>}
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
};
