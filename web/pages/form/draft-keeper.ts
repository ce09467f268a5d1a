/**
 * Keeps a draft on the server while it is typed (R6.3): 15 seconds after typing stops, at the latest every five minutes,
 * and whenever the page says so. Never two savings at once, never over what somebody else has saved.
 */
import type { EpochMs } from '../../../lambdas/domain/case.ts';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire.ts';
import { ApiFailure } from '../../client/api.ts';

export const quietSeconds = 15;
export const longestSeconds = 300;
const retrySeconds = 30;

export type SaveState =
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: EpochMs }
  /** Will be tried again by itself. */
  | { readonly kind: 'failed' }
  /** Somebody saved it elsewhere: a person must choose. */
  | { readonly kind: 'conflict' }
  /** The session is over. */
  | { readonly kind: 'signed-out' };

export interface DraftKeeper {
  /** Something was typed. */
  changed(): void;
  /** Saves now if there is anything to save; resolves to whether everything is saved. */
  flush(): Promise<boolean>;
  /** As the page goes away: one last saving that outlives it. */
  leave(): void;
  readonly isDirty: () => boolean;
  readonly revision: () => number | undefined;
  /** Saved, sent or deleted elsewhere, and a person has not chosen yet. */
  readonly isContested: () => boolean;
  /** Goes on from another revision: after a conflict was settled. */
  resume(revision: number | undefined, isDirty: boolean): void;
  /** No more savings; resolves when the one under way is over. */
  stop(): Promise<void>;
}

export interface Surroundings {
  /** What is on the screen. */
  content(): DraftRequest;
  /** Saves over `revision`, or as new. Rejects with ApiFailure. */
  save(content: DraftRequest, revision: number | undefined, outlives: boolean): Promise<DraftSummary>;
  show(state: SaveState): void;
  now(): EpochMs;
  setTimer(act: () => void, milliseconds: number): unknown;
  clearTimer(timer: unknown): void;
}

const stateOf = (error: unknown): SaveState => {
  const status = error instanceof ApiFailure ? error.status : 0;
  if (status === 412 || status === 409) return { kind: 'conflict' };
  return status === 401 ? { kind: 'signed-out' } : { kind: 'failed' };
};

export const draftKeeper = (around: Surroundings, first?: Pick<DraftSummary, 'revision'>): DraftKeeper => {
  let revision = first?.revision;
  /** When the oldest unsaved change was made. */
  let dirtySince: EpochMs | undefined;
  let running: Promise<boolean> | undefined;
  let timer: unknown;
  let state: SaveState = { kind: 'saved', at: around.now() };
  let over = false;

  const show = (next: SaveState) => {
    state = next;
    around.show(next);
  };

  const wait = (seconds: number) => {
    around.clearTimer(timer);
    timer = over ? undefined : around.setTimer(() => void flush(), seconds * 1000);
  };

  const isHalted = () => over || state.kind === 'conflict' || state.kind === 'signed-out';

  const schedule = () => {
    if (dirtySince === undefined || isHalted()) return;
    const left = longestSeconds - (around.now() - dirtySince) / 1000;
    wait(Math.max(0, Math.min(quietSeconds, left)));
  };

  const save = async (): Promise<boolean> => {
    const since = dirtySince;
    dirtySince = undefined;
    show({ kind: 'saving' });
    try {
      ({ revision } = await around.save(around.content(), revision, false));
      show(dirtySince === undefined ? { kind: 'saved', at: around.now() } : { kind: 'unsaved' });
      return true;
    } catch (error) {
      dirtySince = since ?? around.now();
      show(stateOf(error));
      return false;
    } finally {
      running = undefined;
    }
  };

  const flush = async (): Promise<boolean> => {
    if (running) await running;
    if (dirtySince === undefined) return true;
    if (isHalted()) return false;
    around.clearTimer(timer);
    running = save();
    const isSaved = await running;
    if (!isSaved && !isHalted()) wait(retrySeconds);
    else schedule();
    return isSaved && dirtySince === undefined;
  };

  return {
    changed: () => {
      dirtySince ??= around.now();
      if (state.kind === 'saved') show({ kind: 'unsaved' });
      schedule();
    },
    flush,
    leave: () => {
      if (dirtySince === undefined || running || isHalted()) return;
      dirtySince = undefined;
      void around.save(around.content(), revision, true).then(
        saved => {
          ({ revision } = saved);
          show({ kind: 'saved', at: around.now() });
        },
        error => {
          dirtySince = around.now();
          show(stateOf(error));
          schedule();
        },
      );
    },
    isDirty: () => dirtySince !== undefined || running !== undefined,
    revision: () => revision,
    isContested: () => state.kind === 'conflict',
    resume: (from, isDirty) => {
      revision = from;
      dirtySince = isDirty ? around.now() : undefined;
      show(isDirty ? { kind: 'unsaved' } : { kind: 'saved', at: around.now() });
      schedule();
    },
    stop: async () => {
      over = true;
      around.clearTimer(timer);
      await running;
    },
  };
};

/** For a form that is never stored (R6.7): knows that something was typed, and keeps nothing of it. */
export const forgetfulKeeper = (): DraftKeeper => {
  let isDirty = false;
  return {
    changed: () => {
      isDirty = true;
    },
    flush: async () => true,
    leave: () => undefined,
    isDirty: () => isDirty,
    revision: () => undefined,
    isContested: () => false,
    resume: () => undefined,
    stop: async () => {
      isDirty = false;
    },
  };
};
