/** What the folder shows, as its address says it: so that a reload, a link and a change of language keep it. */

import type { Language } from '../../../lambdas/domain/language.ts';
import { isStatus, type Status } from '../../../lambdas/domain/status.ts';
import type { CaseQuery } from '../../client/api.ts';
import { pageUrl, placeOf } from '../../urls.ts';

/** The four orders a person chooses from (R7.3). */
export const orders = {
  newest: { sort: 'date', order: 'desc' },
  oldest: { sort: 'date', order: 'asc' },
  name: { sort: 'name', order: 'asc' },
  nameReversed: { sort: 'name', order: 'desc' },
} as const satisfies Record<string, Pick<CaseQuery, 'sort' | 'order'>>;

export type Order = keyof typeof orders;

/** What narrows a folder; empty or false where it does not. */
export interface Filters {
  readonly status: Status | '';
  readonly service: string;
  /** Four digits. */
  readonly year: string;
  readonly isNew: boolean;
  readonly waiting: boolean;
}

export interface View extends Filters {
  /** A case number, or words of a service's name, as typed; empty for all cases. */
  readonly text: string;
  readonly order: Order;
  /** One case by its own address: shown open. */
  readonly linked: boolean;
}

const noFilters: Filters = { status: '', service: '', year: '', isNew: false, waiting: false };

/** All cases, in the order that was chosen. */
export const everything = ({ order }: Pick<View, 'order'>): View => ({
  ...noFilters,
  text: '',
  order,
  linked: false,
});

export const filtersUsed = ({ status, service, year, isNew, waiting }: Filters): number =>
  [status, service, year, isNew, waiting].filter(Boolean).length;

const isOrder = (value: string | null): value is Order => value !== null && Object.hasOwn(orders, value);

export const viewOf = (location: Pick<Location, 'pathname' | 'search'>): View => {
  const [linked] = placeOf(location.pathname)?.rest ?? [];
  const query = new URLSearchParams(location.search);
  const [order, status, year] = [query.get('order'), query.get('status'), query.get('year') ?? ''];
  return {
    text: linked ?? query.get('q') ?? '',
    order: isOrder(order) ? order : 'newest',
    linked: linked !== undefined,
    status: isStatus(status) ? status : '',
    service: query.get('service') ?? '',
    year: /^\d{4}$/.test(year) ? year : '',
    isNew: query.has('new'),
    waiting: query.has('waiting'),
  };
};

/** The address of a view. What is the default is left out. */
export const addressOf = (view: View, language: Language): string => {
  if (view.linked) return pageUrl(language, 'folder', view.text);
  const query = new URLSearchParams();
  if (view.text !== '') query.set('q', view.text);
  for (const name of ['status', 'service', 'year'] as const)
    if (view[name] !== '') query.set(name, view[name]);
  if (view.isNew) query.set('new', '1');
  if (view.waiting) query.set('waiting', '1');
  if (view.order !== 'newest') query.set('order', view.order);
  return pageUrl(language, 'folder') + (query.size > 0 ? `?${query}` : '');
};

/** Letters as they are found: `päivä` by `paiva` too. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

interface Named {
  readonly id: string;
  readonly name: Readonly<Record<Language, string>>;
}

/** Ids of the services whose name has every word that was typed, in any part: `avustus` finds `kartta-avustus`. */
export const servicesNamed = (text: string, services: readonly Named[], language: Language): string[] => {
  const words = plain(text)
    .split(/\s+/)
    .filter(word => word !== '');
  return services
    .filter(({ name }) => words.every(word => plain(name[language]).includes(word)))
    .map(({ id }) => id);
};

/** A few letters at the head at most, then digits, and what stands between them. */
const numberLike = /^[\s\p{Pd}/]*\p{L}{0,5}[\s\p{Pd}/]*\d[\d\s\p{Pd}/]*$/u;

/**
 * What the folder is asked for a view. Service names are searched here, where they are in the person's own language;
 * the folder knows services by their ids. Undefined when no service has such a name: there is nothing to ask.
 */
export const queryOf = (
  view: View,
  services: readonly Named[],
  language: Language,
): Omit<CaseQuery, 'cursor'> | undefined => {
  const { text, linked, service, status, year, isNew, waiting, order } = view;
  const rest = {
    ...orders[order],
    language,
    ...(status !== '' && { status }),
    ...(year !== '' && { year }),
    ...(isNew && { new: '1' as const }),
    ...(waiting && { waiting: '1' as const }),
  };
  if (linked || numberLike.test(text)) return { ...orders[order], language, number: text };
  if (text === '') return service === '' ? rest : { ...rest, service };
  const named = servicesNamed(text, services, language).filter(id => service === '' || id === service);
  return named.length === 0 ? undefined : { ...rest, service: named.join(',') };
};
