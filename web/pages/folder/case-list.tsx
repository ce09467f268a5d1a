import { useEffect, useState } from 'preact/hooks';
import type { CaseSummary } from '../../../lambdas/http/wire/cases.ts';
import type { Page } from '../../../lambdas/http/wire/general.ts';
import type { ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import { type CaseQuery, getCases } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { nameFrom } from '../../client/service-names.ts';
import { texts } from '../../client/texts.ts';
import { type Pages, usePages } from '../../client/use-pages.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { pageUrl } from '../../urls.ts';
import { CaseItem, headingId } from './case-item.tsx';
import type fi from './fi.json';
import { SearchForm } from './search-form.tsx';
import { addressOf, everything, filtersUsed, queryOf, type View, viewOf } from './view.ts';

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

const isNarrowed = (view: View): boolean => view.text !== '' || filtersUsed(view) > 0;

const noMatch = (view: View): 'notFound' | 'noMatch' | 'noMatch.text' => {
  if (view.linked) return 'notFound';
  return view.text !== '' && filtersUsed(view) === 0 ? 'noMatch.text' : 'noMatch';
};

const Nothing = ({ view, onShowAll }: { view: View; onShowAll: () => void }) => {
  const t = texts<keyof typeof fi>();
  if (!isNarrowed(view))
    return (
      <div class="stack">
        <p>{t('empty')}</p>
        <a href={pageUrl(pageLanguage(), 'services')}>{t('empty.services')}</a>
      </div>
    );
  return (
    <div class="stack">
      <p>{t(noMatch(view), { text: view.text })}</p>
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
  if (!cases.hasMore) return null;
  return (
    <>
      {cases.more === 'failed' && <LoadFailure what={t('more.failed')} />}
      <button
        type="button"
        class="hds-button hds-button--secondary"
        aria-disabled={cases.more === 'loading'}
        onClick={() => cases.more !== 'loading' && void load()}
      >
        {t('more')}
      </button>
    </>
  );
};

const nothing = { items: [] };

/** A page may hold nothing while there is more: nobody is told of nothing before the end. */
const getSome = async (query: CaseQuery): Promise<Page<CaseSummary>> => {
  const page = await getCases(query);
  return page.items.length === 0 && page.next ? getSome({ ...query, cursor: page.next }) : page;
};

const useCases = (view: View, services: readonly ServiceSummary[]) => {
  const query = queryOf(view, services, pageLanguage());
  return usePages(
    async cursor => (query ? getSome({ ...query, ...(cursor && { cursor }) }) : nothing),
    JSON.stringify(query),
  );
};

export const CaseList = ({ services }: { services: readonly ServiceSummary[] }) => {
  const t = texts<keyof typeof fi>();
  const nameOf = nameFrom(services, pageLanguage());
  const [view, setView] = useView();
  const cases = useCases(view, services);
  const [changed, setChanged] = useState(0);
  const change = (next: View) => {
    setChanged(count => count + 1);
    setView(next);
  };
  const showAll = () => {
    change(everything(view));
    document.getElementById('search')?.focus();
  };
  // Said after a search, a filter or a new order only: at the first load the page itself is read.
  useEffect(() => {
    if (changed > 0 && cases.state === 'ready') announce(t('found', { count: cases.items.length }));
  }, [cases.state, changed]);

  const isEmpty = cases.state === 'ready' && cases.items.length === 0;
  return (
    <section class="stack stack--l" aria-labelledby="cases">
      <h2 id="cases">{t('cases')}</h2>
      {!(isEmpty && !isNarrowed(view)) && <SearchForm view={view} services={services} onChange={change} />}
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
      {cases.state === 'ready' && <More cases={cases} />}
      {cases.items.length > 0 && isNarrowed(view) && (
        <button type="button" class="hds-button hds-button--secondary" onClick={showAll}>
          {t('showAll')}
        </button>
      )}
    </section>
  );
};
