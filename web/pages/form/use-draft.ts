import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire.ts';
import { putDraft } from './draft-api.ts';
import { type DraftKeeper, draftKeeper, forgetfulKeeper, type SaveState } from './draft-keeper.ts';

export interface Draft {
  readonly id: string;
  readonly state: SaveState | undefined;
  readonly keeper: DraftKeeper;
  /** Goes on under another id, as a draft of its own. */
  begin(id: string): void;
}

/** Saved before the session that could save it is ended by its owner. */
const saveBeforeSignOut = (keeper: DraftKeeper) => (event: Event) => {
  const button = (event.target as Element).closest<HTMLElement>('[data-sign-out]');
  if (!button || !keeper.isDirty()) return;
  event.stopPropagation();
  event.preventDefault();
  void keeper.flush().finally(() => {
    void keeper.stop();
    button.click();
  });
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
  document.addEventListener('click', saveBeforeSignOut(keeper), { signal, capture: true });
  return () => ends.abort();
};

interface Latest {
  readonly id: string;
  readonly content: () => DraftRequest;
}

const around = (latest: { readonly current: Latest }, show: (state: SaveState) => void) => ({
  content: () => latest.current.content(),
  save: (draft: DraftRequest, revision: number | undefined, outlives: boolean) =>
    putDraft(latest.current.id, draft, revision, outlives),
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
