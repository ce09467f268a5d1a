import type { CitizenEvent } from '../../../lambdas/http/wire.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { PlainText } from '../../components/plain-text/plain-text.tsx';
import { eventsOf } from './events.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

export const Decisions = ({ events }: { events: readonly CitizenEvent[] }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const decisions = eventsOf(events, 'decision').toReversed();
  if (decisions.length === 0) return null;
  return (
    <Part title={t('decisions')}>
      <ul class="list-plain stack">
        {decisions.map(({ id, at, title, text }) => (
          <li key={id} class="case__decision">
            <h5>{title[language]}</h5>
            <p class="muted">
              <time dateTime={iso(at)}>{dayAndClock(at, language)}</time>
            </p>
            <PlainText text={text} />
          </li>
        ))}
      </ul>
    </Part>
  );
};
