import type { CaseSummary } from '../../../lambdas/http/wire/cases.ts';
import { getCases } from '../../client/api.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import type { ServiceName } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { CaseStatus } from '../../components/case-status/case-status.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

const shownAtMost = 5;

/** What happened last, in a few words; a status is said beside them. */
const whatHappened = ({ newest }: CaseSummary): keyof typeof fi => {
  if (newest?.type === 'message' && newest.by === 'citizen') return 'event.answer';
  return `event.${newest?.type ?? 'submitted'}`;
};

const CaseCard = ({ item, name }: { item: CaseSummary; name: string }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <li class="card event" data-case={item.caseNumber}>
      <h3>
        <a href={pageUrl(language, 'folder', item.caseNumber)}>{name}</a>{' '}
        {item.isNew && <span class="badge badge--new">{t('new')}</span>}
      </h3>
      <p class="event__what">{t(whatHappened(item))}</p>
      <p class="event__facts">
        <CaseStatus status={item.status} />
        <span>{item.caseNumber}</span>
        <time dateTime={iso(item.updatedAt)}>{dayAndClock(item.updatedAt, language)}</time>
      </p>
    </li>
  );
};

/** The newest events of the folder (R5.2). */
export const Events = ({ nameOf }: { nameOf: ServiceName }) => {
  const t = texts<keyof typeof fi>();
  const cases = useLoad(() => getCases({ sort: 'event', order: 'desc', limit: shownAtMost }));
  return (
    <section class="stack" aria-labelledby="events">
      <h2 id="events">{t('events')}</h2>
      {cases.state === 'loading' && <Loading />}
      {cases.state === 'failed' && <LoadFailure what={t('events.failed')} onRetry={cases.reload} />}
      {cases.state === 'ready' && cases.value.items.length === 0 && <p>{t('events.empty')}</p>}
      {cases.state === 'ready' && cases.value.items.length > 0 && (
        <ul class="events">
          {cases.value.items.map(item => (
            <CaseCard key={item.caseNumber} item={item} name={nameOf(item.service)} />
          ))}
        </ul>
      )}
      <a href={pageUrl(pageLanguage(), 'folder')}>{t('toFolder')}</a>
    </section>
  );
};
