import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from '../../lambdas/http/wire/general.ts';

export interface Pages<Item> {
  readonly state: 'loading' | 'failed' | 'ready';
  readonly items: readonly Item[];
  readonly hasMore: boolean;
  /** Of the page after the first: the items already there stay. */
  readonly more: 'idle' | 'loading' | 'failed';
  /** Resolves to how many items came; 0 when none could be fetched. */
  loadMore(): Promise<number>;
  reload(): void;
  /** Takes an item away that exists no more. */
  remove(isGone: (item: Item) => boolean): void;
}

interface State<Item> {
  readonly state: Pages<Item>['state'];
  readonly more: Pages<Item>['more'];
  readonly items: readonly Item[];
  readonly next?: string | undefined;
  /** What the items answer. */
  readonly key?: string;
}

const start = { state: 'loading', more: 'idle', items: [] } as const;

/** A list that comes page by page behind a cursor; starts over when `key` changes. */
export const usePages = <Item>(
  fetchPage: (cursor?: string) => Promise<Page<Item>>,
  key = '',
): Pages<Item> => {
  const [newest, setList] = useState<State<Item>>(start);
  // Until the new question has been asked, the old answer is none.
  const list: State<Item> = newest.key === key ? newest : start;
  const [attempt, setAttempt] = useState(0);
  /** Answers to questions of an earlier run are dropped. */
  const run = useRef(0);
  // `key` stands for all that `fetchPage` closes over.
  useEffect(() => {
    const mine = ++run.current;
    setList(start);
    fetchPage().then(
      page => mine === run.current && setList({ ...start, state: 'ready', key, ...page }),
      () => mine === run.current && setList({ ...start, state: 'failed', key }),
    );
  }, [key, attempt]);

  const loadMore = async () => {
    const mine = run.current;
    setList(before => ({ ...before, more: 'loading' }));
    const page = await fetchPage(list.next).catch(() => undefined);
    if (mine !== run.current) return 0;
    setList(before =>
      page
        ? { ...before, more: 'idle', items: [...before.items, ...page.items], next: page.next }
        : { ...before, more: 'failed' },
    );
    return page?.items.length ?? 0;
  };

  return {
    state: list.state,
    items: list.items,
    hasMore: list.next !== undefined,
    more: list.more,
    loadMore,
    reload: () => setAttempt(count => count + 1),
    remove: isGone => setList(before => ({ ...before, items: before.items.filter(item => !isGone(item)) })),
  };
};
