import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire.ts';
import { putInAddress } from './address.ts';
import { putDraft } from './draft-api.ts';
import { type DraftKeeper, draftKeeper, forgetfulKeeper, type SaveState } from './draft-keeper.ts';

export interface Draft {
  readonly id: string;
  readonly state: SaveState | undefined;
  readonly keeper: DraftKeeper;
  /** Goes on under another id, as a draft of its own. */
  begin(id: string): void;
}

/** A link that leads away in this window, or the button that ends the session. */
const wayOut = (event: MouseEvent): HTMLElement | undefined => {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return undefined;
  const found = (event.target as Element).closest<HTMLElement>('[data-sign-out], a[href]:not([target])');
  return found?.getAttribute('href')?.startsWith('#') ? undefined : (found ?? undefined);
};

/**
 * Saves first, then lets the click happen. Where saving fails the page says so and stays; a second click goes all the
 * same (a link then asks, as browsers do).
 */
const saveOnTheWayOut = (keeper: DraftKeeper) => {
  let isLetBy = false;
  return (event: MouseEvent) => {
    const way = wayOut(event);
    if (isLetBy || !way || !keeper.isDirty()) return;
    event.stopPropagation();
    event.preventDefault();
    void keeper.flush().then(isSaved => {
      isLetBy = true;
      if (isSaved) way.click();
    });
  };
};

/** Asks only where something would be lost, and not once the session is over and the page concealed. */
const warnOfLoss = (keeper: DraftKeeper) => (event: BeforeUnloadEvent) => {
  if (keeper.isDirty() && !document.documentElement.classList.contains('concealed')) event.preventDefault();
};

const followTheBrowser = (keeper: DraftKeeper): (() => void) => {
  const ends = new AbortController();
  const { signal } = ends;
  const leave = () => keeper.leave();
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave(), {
    signal,
  });
  addEventListener('pagehide', leave, { signal });
  addEventListener('beforeunload', warnOfLoss(keeper), { signal });
  document.addEventListener('click', saveOnTheWayOut(keeper), { signal, capture: true });
  return () => ends.abort();
};

interface Latest {
  readonly id: string;
  readonly content: () => DraftRequest;
}

const around = (latest: { readonly current: Latest }, show: (state: SaveState) => void) => ({
  content: () => latest.current.content(),
  save: async (draft: DraftRequest, revision: number | undefined, outlives: boolean) => {
    const { id } = latest.current;
    const saved = await putDraft(id, draft, revision, outlives);
    // From now on a reload goes on with this one.
    if (revision === undefined) putInAddress(id);
    return saved;
  },
  show,
  now: Date.now,
  setTimer: (act: () => void, milliseconds: number) => setTimeout(act, milliseconds),
  clearTimer: (timer: unknown) => clearTimeout(timer as number),
});

/** Keeps what `content` gives on the server. A form that is never stored keeps nothing, but still warns of loss. */
export const useDraft = (
  firstId: string,
  isStored: boolean,
  content: () => DraftRequest,
  first?: DraftSummary,
): Draft => {
  const [id, setId] = useState(firstId);
  const [state, setState] = useState<SaveState>();
  const latest = useRef({ id, content });
  latest.current = { id, content };
  const keeper = useRef<DraftKeeper>(null);
  keeper.current ??= isStored ? draftKeeper(around(latest, setState), first) : forgetfulKeeper();
  const current = keeper.current;
  useEffect(() => {
    const unfollow = followTheBrowser(current);
    return () => {
      unfollow();
      void current.stop();
    };
  }, []);
  const begin = (next: string) => {
    latest.current = { ...latest.current, id: next };
    setId(next);
  };
  return { id, state, keeper: current, begin };
};
