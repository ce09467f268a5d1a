/** What the folder shows, as its address says it: so that a reload, a link and a change of language keep it. */
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

export interface View {
  /** A case number, or a part of it, as typed; empty for all cases. */
  readonly number: string;
  readonly order: Order;
  /** One case by its own address: shown open. */
  readonly linked: boolean;
}

const isOrder = (value: string | null): value is Order => value !== null && Object.hasOwn(orders, value);

export const viewOf = (location: Pick<Location, 'pathname' | 'search'>): View => {
  const [linked] = placeOf(location.pathname)?.rest ?? [];
  const query = new URLSearchParams(location.search);
  const order = query.get('order');
  return {
    number: linked ?? query.get('number') ?? '',
    order: isOrder(order) ? order : 'newest',
    linked: linked !== undefined,
  };
};

/** The address of a view. What is the default is left out. */
export const addressOf = (view: View, language: 'fi' | 'sv' | 'en'): string => {
  if (view.linked) return pageUrl(language, 'folder', view.number);
  const query = new URLSearchParams();
  if (view.number !== '') query.set('number', view.number);
  if (view.order !== 'newest') query.set('order', view.order);
  return pageUrl(language, 'folder') + (query.size > 0 ? `?${query}` : '');
};
