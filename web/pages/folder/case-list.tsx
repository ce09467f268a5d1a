import { useEffect, useState } from 'preact/hooks';
import type { CaseSummary } from '../../../lambdas/http/wire.ts';
import { getCases } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import type { ServiceName } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import { type Pages, usePages } from '../../client/use-pages.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { pageUrl } from '../../urls.ts';
import { CaseItem, headingId } from './case-item.tsx';
import type fi from './fi.json';
import { SearchForm } from './search-form.tsx';
import { addressOf, orders, type View, viewOf } from './view.ts';

const useView = (): [View, (view: View) => void] => {
  const [view, setView] = useState(() => viewOf(location));
  return [
    view,
    next => {
      history.replaceState(null, '', addressOf(next, pageLanguage()));
      setView(next);
    },
  ];
};

const Nothing = ({ view, onShowAll }: { view: View; onShowAll: () => void }) => {
  const t = texts<keyof typeof fi>();
  if (view.number === '')
    return (
      <div class="stack">
        <p>{t('empty')}</p>
        <a href={pageUrl(pageLanguage(), 'services')}>{t('empty.services')}</a>
      </div>
    );
  return (
    <div class="stack">
      <p>{t(view.linked ? 'notFound' : 'noMatch', { number: view.number })}</p>
      <button type="button" class="hds-button hds-button--secondary" onClick={onShowAll}>
        {t('showAll')}
      </button>
    </div>
  );
};

/** The next page; focus goes to its first case, where reading goes on. */
const More = ({ cases }: { cases: Pages<CaseSummary> }) => {
  const t = texts<keyof typeof fi>();
  const [arrived, setArrived] = useState<number>();
  useEffect(() => {
    const first = arrived === undefined ? undefined : cases.items[arrived];
    if (first) focusById(headingId(first.caseNumber));
  }, [arrived]);
  const load = async () => {
    const shown = cases.items.length;
    const count = await cases.loadMore();
    if (count === 0) return;
    announce(t('more.loaded', { count }));
    setArrived(shown);
  };
  if (cases.more === 'failed') return <LoadFailure what={t('more.failed')} onRetry={load} />;
  if (!cases.hasMore) return null;
  return (
    <button
      type="button"
      class="hds-button hds-button--secondary"
      aria-disabled={cases.more === 'loading'}
      onClick={() => cases.more === 'idle' && void load()}
    >
      {t('more')}
    </button>
  );
};

export const CaseList = ({ nameOf }: { nameOf: ServiceName }) => {
  const t = texts<keyof typeof fi>();
  const [view, setView] = useView();
  const query = { ...orders[view.order], ...(view.number === '' ? {} : { number: view.number }) };
  const cases = usePages(
    cursor => getCases({ ...query, ...(cursor ? { cursor } : {}), language: pageLanguage() }),
    JSON.stringify(query),
  );
  const [changed, setChanged] = useState(false);
  const change = (next: View) => {
    setChanged(true);
    setView(next);
  };
  const showAll = () => {
    change({ ...view, number: '', linked: false });
    document.getElementById('number')?.focus();
  };
  // Said after a search or a new order only: at the first load the page itself is read.
  useEffect(() => {
    if (changed && cases.state === 'ready') announce(t('found', { count: cases.items.length }));
  }, [cases.state]);

  const isEmpty = cases.state === 'ready' && cases.items.length === 0;
  return (
    <section class="stack stack--l" aria-labelledby="cases">
      <h2 id="cases">{t('cases')}</h2>
      {!(isEmpty && view.number === '') && <SearchForm view={view} onChange={change} />}
      {cases.state === 'loading' && <Loading />}
      {cases.state === 'failed' && <LoadFailure what={t('failed')} onRetry={cases.reload} />}
      {isEmpty && <Nothing view={view} onShowAll={showAll} />}
      {cases.items.length > 0 && (
        <ul class="case-list">
          {cases.items.map(item => (
            <CaseItem
              key={item.caseNumber}
              item={item}
              name={nameOf(item.service)}
              initiallyOpen={view.linked}
            />
          ))}
        </ul>
      )}
      {cases.items.length > 0 && view.number !== '' && (
        <button type="button" class="hds-button hds-button--secondary" onClick={showAll}>
          {t('showAll')}
        </button>
      )}
      {cases.state === 'ready' && <More cases={cases} />}
    </section>
  );
};
