/** Searches and narrows the list that is there, keeps the URL, and unfolds a service in place from its own page. */
import { translator } from '../../../lambdas/domain/texts.ts';
import { showBulletins } from '../../components/bulletins/show-bulletins.ts';
import { afterPaint } from '../../components/frame/after-paint.ts';
import { pageLanguage, pageTexts } from '../../components/frame/page-texts.ts';
import {
  type Counts,
  countChoices,
  findPlainly,
  narrow,
  type Query,
  readQuery,
  writeQuery,
} from './filter.ts';
import { type Item, markItem, nameWays, readItems } from './items.ts';
import type { Search } from './search.ts';
import { toggle } from './unfold.ts';

const t = translator<'count' | 'show' | 'announced' | 'none' | 'noneFor' | 'guesses' | 'loading' | 'failed'>(
  pageTexts(),
  pageLanguage(),
);
const get = <E extends HTMLElement>(selector: string): E => {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return element;
};

const form = get<HTMLFormElement>('.service-search form');
const input = get<HTMLInputElement>('#q');
const list = get('.services');
const hint = get('#q-hint');
const toFound = get('#to-found');
const summary = get('#found');
const count = get('.services__count');
const announcement = get('#announcement');
const letters = get('.letters');
const results = get('#results');
const resultList = get('#results ul');
const none = get('#none');
const noneText = get('#none .lead');
const closest = get('#closest');
const closestList = get('#closest ul');
const clear = get('#clear');
const boxes = [...form.querySelectorAll<HTMLInputElement>('[type=checkbox]')];
const sections = [...document.querySelectorAll<HTMLElement>('.letter')];

const once = <Value>(make: () => Value): (() => Value) => {
  let made: Value | undefined;
  return () => (made ??= make());
};

/** Read after the first paint, which some hundreds of them would keep back, or when somebody is quicker. */
const items = once(readItems);
const itemOf = once(() => new Map(items().map(item => [item.id, item])));

/** What answers the words of a query, before any filter. */
interface Answer {
  /** Best match first; all in their own order where no word was given. */
  readonly found: readonly Item[];
  /** Where nothing was found: what comes closest, guesses all. */
  readonly near: readonly Item[];
  readonly mark: (item: Item) => void;
}

const unmark = (item: Item): void => markItem(item, () => []);
const everything = (): Answer => ({ found: items(), near: [], mark: unmark });

let opened: Promise<Search> | undefined;
/** Opens the search once; after a failure the next call tries again. */
const search = (): Promise<Search> => {
  opened ??= import('./search.ts')
    .then(({ openSearch }) => openSearch(pageLanguage(), form.dataset.index ?? ''))
    .catch(error => {
      opened = undefined;
      throw error;
    });
  return opened;
};

const mostGuesses = 5;

const known = (ids: readonly string[]): Item[] => ids.flatMap(id => itemOf().get(id) ?? []);

const answerOf = ({ find, closest: near, highlight }: Search, q: string): Answer => {
  const found = find(q);
  const isSure = found.some(one => one.isSure);
  const guesses = found.length > 0 ? found.slice(0, mostGuesses).map(({ id }) => id) : near(q, 3);
  const rootsOf = new Map(found.map(({ id, roots }) => [id, new Set(roots)]));
  return {
    found: isSure ? known(found.map(({ id }) => id)) : [],
    near: isSure ? [] : known(guesses),
    mark: item => markItem(item, text => highlight(text, q, rootsOf.get(item.id) ?? new Set())),
  };
};

const answer = async ({ q }: Query): Promise<Answer> => {
  if (q === '') return everything();
  const ready = await search().catch(() => undefined);
  return ready ? answerOf(ready, q) : { found: findPlainly(items(), q), near: [], mark: unmark };
};

const fillForm = ({ q, topics, groups, events, electronic }: Query): void => {
  if (input.value.trim() !== q) input.value = q;
  for (const box of boxes) {
    const chosen =
      { topic: topics, group: groups, event: events, channel: electronic ? ['electronic'] : [] }[box.name] ??
      [];
    box.checked = chosen.includes(box.value);
    const fold = box.closest('details');
    if (box.checked && fold) fold.open = true;
  }
};

const showCounts = ({ topics, groups, events, electronic }: Counts): void => {
  for (const box of boxes) {
    const counts = {
      topic: topics.get(box.value),
      group: groups.get(box.value),
      event: events.get(box.value),
      channel: electronic,
    };
    const promised = counts[box.name as keyof typeof counts] ?? 0;
    const place = box.labels?.[0]?.querySelector('.muted');
    if (place) place.textContent = `(${promised})`;
    // A choice that finds nothing is only in the way, unless it is made.
    const choice = box.closest<HTMLElement>('fieldset .hds-checkbox');
    if (choice) choice.hidden = promised === 0 && !box.checked;
  }
};

let quiet: ReturnType<typeof setTimeout> | undefined;
/** Milliseconds without another letter: a screen reader would begin anew with each. */
const pause = 700;

const announce = (found: readonly Item[], closer: readonly Item[]): void => {
  clearTimeout(quiet);
  quiet = setTimeout(() => {
    const first = found[0]?.name;
    const guesses = closer.length > 0 ? ` ${t('guesses', { count: closer.length })}` : '';
    announcement.textContent =
      first === undefined
        ? `${noneText.textContent}${guesses}`
        : t('announced', { count: found.length, first });
  }, pause);
};

const place = (found: readonly Item[], near: readonly Item[], asked: boolean): void => {
  for (const { element, home } of asked ? [] : items()) home.append(element);
  if (asked) resultList.replaceChildren(...found.map(({ element }) => element));
  closestList.replaceChildren(...near.map(({ element }) => element));
  results.hidden = !asked || found.length === 0;
  none.hidden = found.length > 0;
  closest.hidden = near.length === 0;
  letters.hidden = asked;
  clear.hidden = !asked;
  for (const section of sections) section.hidden = asked;
};

const show = (query: Query, { found, near, mark }: Answer): void => {
  const shown = narrow(found, query);
  // What the words found and the filters hide is closer than anything else.
  const closer = shown.length > 0 ? [] : found.length > 0 ? found.slice(0, 3) : near;
  place(shown, closer, writeQuery(query) !== '');
  for (const item of [...shown, ...closer]) mark(item);
  showCounts(countChoices(found, query));
  count.textContent = t('count', { count: shown.length });
  toFound.textContent = t('show', { count: shown.length });
  toFound.hidden = query.q === '' || shown.length === 0;
  hint.hidden = query.q !== '';
  noneText.textContent = query.q !== '' && found.length === 0 ? t('noneFor', { q: query.q }) : t('none');
  announce(shown, closer);
};

let latest = 0;
/** Shows what a query asks for, unless another was asked meanwhile. */
const respond = async (query: Query): Promise<void> => {
  latest += 1;
  const mine = latest;
  list.setAttribute('aria-busy', 'true');
  const answered = await answer(query);
  if (mine !== latest) return;
  list.removeAttribute('aria-busy');
  show(query, answered);
};

const asked = (): Query => readQuery(`?${new URLSearchParams(new FormData(form) as never)}`);

const go = (query: Query, how: 'pushState' | 'replaceState'): Promise<void> => {
  history[how](null, '', location.pathname + writeQuery(query));
  return respond(query);
};

const showFromUrl = (): Promise<void> => {
  const query = readQuery(location.search);
  fillForm(query);
  return respond(query);
};

/** Whoever searched on another page sees what was found; who comes back is put where they were by the browser. */
const bringIntoSight = (): void => {
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isBelow = summary.getBoundingClientRect().top > innerHeight / 2;
  if (entry?.type === 'navigate' && scrollY === 0 && isBelow) summary.scrollIntoView({ block: 'start' });
};

/** The first paint of a shared search is not the whole list. */
const hideList = (): void => {
  for (const part of [letters, ...sections]) part.hidden = true;
  count.textContent = t('loading');
};

form.addEventListener('submit', event => {
  event.preventDefault();
  // Whoever presses the button wants to see what was found: below the filters, and under a phone's keyboard.
  void go(asked(), 'pushState').then(() => {
    summary.focus({ preventScroll: true });
    summary.scrollIntoView({ block: 'start' });
  });
});
form.addEventListener('change', event => {
  if (event.target !== input) void go(asked(), 'pushState');
});
input.addEventListener('focus', () => void search().catch(() => undefined), { once: true });
input.addEventListener('input', () => void go(asked(), 'replaceState'));
clear.addEventListener('click', () => {
  form.reset();
  void go(readQuery(''), 'pushState');
  input.focus();
});
window.addEventListener('popstate', () => void showFromUrl());
list.addEventListener('click', event => {
  const button = (event.target as Element).closest<HTMLElement>('.service__ways button');
  if (button) toggle(button, { loading: t('loading'), failed: t('failed') });
});
if (location.search !== '') {
  if (readQuery(location.search).q !== '') hideList();
  void showFromUrl().then(bringIntoSight);
}
afterPaint(() => nameWays(items()));
void showBulletins();
