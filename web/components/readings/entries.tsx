import type { ComponentChildren } from 'preact';
import type { EpochMs } from '../../../lambdas/domain/case.ts';
import type { Page } from '../../../lambdas/http/wire/general.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { usePages } from '../../client/use-pages.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { LoadFailure, Loading } from '../notice/load-failure.tsx';
import type { ReadingsText } from './readings-texts.ts';

interface Properties<Entry> {
  readonly load: (cursor?: string) => Promise<Page<Entry>>;
  readonly none: string;
  readonly show: (entry: Entry) => ComponentChildren;
}

/** Entries of the log, the newest first; older ones when they are asked for. */
export const Entries = <Entry extends { readonly at: EpochMs }>({ load, none, show }: Properties<Entry>) => {
  const t = texts<ReadingsText>();
  const entries = usePages(load);
  if (entries.state === 'loading') return <Loading />;
  if (entries.state === 'failed') return <LoadFailure what={t('readings.failed')} onRetry={entries.reload} />;
  const more = async () => {
    const count = await entries.loadMore();
    if (count > 0) announce(t('readings.more.came', { count }));
  };
  return (
    <div class="stack">
      {entries.items.length === 0 && <p>{none}</p>}
      <ul class="timeline">
        {entries.items.map((entry, index) => (
          <li key={index}>
            <time dateTime={iso(entry.at)}>{dayAndClock(entry.at, pageLanguage())}</time>
            <span>{show(entry)}</span>
          </li>
        ))}
      </ul>
      {entries.more === 'failed' && <LoadFailure what={t('readings.failed')} />}
      {entries.hasMore && (
        <button
          type="button"
          class="hds-button hds-button--secondary"
          aria-disabled={entries.more === 'loading'}
          onClick={() => entries.more !== 'loading' && void more()}
        >
          {t('readings.more')}
        </button>
      )}
    </div>
  );
};
