import type { CaseSummary } from '../../../lambdas/http/wire/cases.ts';
import type { Page } from '../../../lambdas/http/wire/general.ts';
import { calendarDay, isPast } from '../../client/dates.ts';
import type { ServiceName } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import type { Loaded } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

const shownAtMost = 5;

const Due = ({ date }: { date: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <p class="task__due">
      {t('tasks.due')} <time dateTime={date}>{calendarDay(date, pageLanguage())}</time>{' '}
      {isPast(date, Date.now()) && <span class="badge">{t('tasks.late')}</span>}
    </p>
  );
};

const Task = ({ item, name }: { item: CaseSummary; name: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <li class="task" data-case={item.caseNumber}>
      <h3>
        <a href={pageUrl(pageLanguage(), 'folder', item.caseNumber)}>{t('tasks.request', { name })}</a>
      </h3>
      {item.waitsFor?.dueDate && <Due date={item.waitsFor.dueDate} />}
      <p class="muted">{item.caseNumber}</p>
    </li>
  );
};

interface Properties {
  readonly waiting: Loaded<Page<CaseSummary>> & { reload(): void };
  readonly nameOf: ServiceName;
}

/** What a department has asked for and waits for: before everything else, what is needed soonest first. */
export const Tasks = ({ waiting, nameOf }: Properties) => {
  const t = texts<keyof typeof fi>();
  if (waiting.state === 'failed') return <LoadFailure what={t('tasks.failed')} onRetry={waiting.reload} />;
  const items = waiting.state === 'ready' ? waiting.value.items : [];
  if (items.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="tasks">
      <h2 id="tasks">{t('tasks')}</h2>
      <ul class="events">
        {items.slice(0, shownAtMost).map(item => (
          <Task key={item.caseNumber} item={item} name={nameOf(item.service)} />
        ))}
      </ul>
      {items.length > shownAtMost && (
        <a href={`${pageUrl(pageLanguage(), 'folder')}?waiting=1`}>
          {t('tasks.all', { count: items.length })}
        </a>
      )}
    </section>
  );
};
