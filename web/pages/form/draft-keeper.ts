/**
 * Keeps a draft on the server while it is typed (R6.3): 15 seconds after typing stops, at the latest every five minutes,
 * and whenever the page says so; between savings on this device, within a second. Never two savings at once, never over
 * what somebody else has saved.
 */
import type { EpochMs } from '../../../lambdas/domain/case.ts';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure } from '../../client/api.ts';

/** Also the least time between two savings that nobody asked for. */
export const quietSeconds = 15;
export const longestSeconds = 300;
const retrySeconds = 30;
/** From the first change that is not on the device; encrypting and writing take the rest of the second. */
export const deviceSeconds = 0.7;

export type SaveState =
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: EpochMs }
  /** On this device only; will be tried again by itself. */
  | { readonly kind: 'device' }
  /** Neither there nor here; will be tried again by itself. */
  | { readonly kind: 'failed' }
  /** The folder holds as many drafts as it may. */
  | { readonly kind: 'full' }
  /** Somebody saved it elsewhere: a person must choose. `isGone`: there is nothing to choose from, it was sent or deleted. */
  | { readonly kind: 'conflict'; readonly isGone?: boolean }
  /** The session is over. */
  | { readonly kind: 'signed-out' };

export interface DraftKeeper {
  /** Something was typed. */
  changed(): void;
  /** The person is at another field: worth keeping with what is saved, not worth a word. */
  moved(): void;
  /** Saves now if there is anything to save; resolves to whether everything is saved. */
  flush(): Promise<boolean>;
  /** As the page goes away: one last saving that outlives it. */
  leave(): void;
  /** The network is back. */
  retry(): void;
  readonly isDirty: () => boolean;
  /** Not on the device either. */
  readonly isOnlyHere: () => boolean;
  readonly revision: () => number | undefined;
  readonly changedAt: () => EpochMs;
  /**
   * Saved elsewhere, and a person has not chosen yet. Of one that is gone the server knows at sending whether it was
   * sent, and as what: perhaps from here, and the answer was lost.
   */
  readonly isContested: () => boolean;
  /** Goes on from another revision: after a conflict was settled. */
  resume(revision: number | undefined, isDirty: boolean): void;
  /** No more savings, and nothing left on the device; resolves when the one under way is over. */
  stop(): Promise<void>;
}

export interface Surroundings {
  /** What is on the screen. */
  content(): DraftRequest;
  /** Saves over `revision`, or as new. Rejects with ApiFailure. */
  save(content: DraftRequest, revision: number | undefined, outlives: boolean): Promise<DraftSummary>;
  /** Keeps it on this device, or takes it away again. Resolves to whether it is there. */
  keep(content: DraftRequest, revision: number | undefined, at: EpochMs): Promise<boolean>;
  forget(): Promise<void>;
  show(state: SaveState): void;
  now(): EpochMs;
  setTimer(act: () => void, milliseconds: number): unknown;
  clearTimer(timer: unknown): void;
}

/** Where a draft is taken up: what the server had, and what of it is not there yet. */
export interface Start {
  readonly revision?: number | undefined;
  /** When what is on the screen was typed, where the server does not have it. */
  readonly unsavedSince?: EpochMs | undefined;
  readonly isContested?: boolean;
}

const stateOf = (error: unknown): SaveState => {
  const { status, kind } = error instanceof ApiFailure ? error : { status: 0, kind: '' };
  if (status === 412) return { kind: 'conflict' };
  if (status === 409 || status === 404) return { kind: 'conflict', isGone: true };
  if (kind === 'too-many-drafts') return { kind: 'full' };
  return status === 401 ? { kind: 'signed-out' } : { kind: 'failed' };
};

export const draftKeeper = (around: Surroundings, start: Start = {}): DraftKeeper => {
  let { revision } = start;
  /** When the oldest unsaved change was made. */
  let dirtySince = start.unsavedSince;
  let changedAt = start.unsavedSince ?? around.now();
  let hasMoved = false;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<boolean> | undefined;
  let timer: unknown;
  let deviceTimer: unknown;
  let isOnDevice = start.unsavedSince !== undefined;
  let state: SaveState = start.isContested ? { kind: 'conflict' } : { kind: 'saved', at: around.now() };
  let over = false;

  const show = (next: SaveState) => {
    state = next.kind === 'failed' && isOnDevice ? { kind: 'device' } : next;
    around.show(state);
  };

  const isHalted = () => over || ['conflict', 'signed-out'].includes(state.kind);
  const hasFailed = () => ['failed', 'device', 'full'].includes(state.kind);

  const wait = (at: EpochMs) => {
    around.clearTimer(timer);
    timer = over ? undefined : around.setTimer(() => void flush(), Math.max(0, at - around.now()));
  };

  const schedule = () => {
    if ((dirtySince === undefined && !hasMoved) || isHalted()) return;
    const quiet = around.now() + quietSeconds * 1000;
    const latest = (dirtySince ?? around.now()) + longestSeconds * 1000;
    wait(Math.max(Math.min(quiet, latest), triedAt + quietSeconds * 1000));
  };

  const keep = async () => {
    around.clearTimer(deviceTimer);
    deviceTimer = undefined;
    if (dirtySince === undefined) return;
    isOnDevice = (await around.keep(around.content(), revision, changedAt)) && dirtySince !== undefined;
    if (state.kind === 'failed' || state.kind === 'device') show({ kind: 'failed' });
  };

  const forget = () => {
    around.clearTimer(deviceTimer);
    deviceTimer = undefined;
    isOnDevice = false;
    return around.forget();
  };

  const succeeded = (saved: Pick<DraftSummary, 'revision'>, isQuiet = false) => {
    ({ revision } = saved);
    if (dirtySince !== undefined) return show({ kind: 'unsaved' });
    void forget();
    if (!isQuiet) show({ kind: 'saved', at: around.now() });
  };

  const failed = (error: unknown, since: EpochMs | undefined) => {
    dirtySince ??= since;
    const next = stateOf(error);
    // Only the place was not saved: nobody misses it.
    if (dirtySince === undefined && next.kind === 'failed') return;
    show(next);
    void keep();
  };

  const save = async (outlives = false): Promise<boolean> => {
    const since = dirtySince;
    around.clearTimer(timer);
    dirtySince = undefined;
    hasMoved = false;
    triedAt = around.now();
    if (since !== undefined) show({ kind: 'saving' });
    let isSaved = false;
    try {
      succeeded(await around.save(around.content(), revision, outlives), since === undefined);
      isSaved = true;
    } catch (error) {
      failed(error, since);
    }
    running = undefined;
    if (isSaved || isHalted()) schedule();
    else wait(around.now() + retrySeconds * 1000);
    return isSaved;
  };

  /** Whoever asks waits for what is under way and for what that has left. Once the session is over, only a person asks. */
  const flush = async (): Promise<boolean> => {
    if (running) await running;
    if (!running && dirtySince === undefined && !hasMoved) return true;
    if (!running && (over || state.kind === 'conflict')) return false;
    running ??= save();
    return (await running) && dirtySince === undefined;
  };

  return {
    changed: () => {
      if (over) return;
      changedAt = around.now();
      dirtySince ??= changedAt;
      if (state.kind === 'saved') show({ kind: 'unsaved' });
      isOnDevice = false;
      deviceTimer ??= around.setTimer(() => void keep(), deviceSeconds * 1000);
      schedule();
    },
    moved: () => {
      if (revision === undefined || hasFailed()) return;
      hasMoved = true;
      schedule();
    },
    flush,
    leave: () => {
      if (dirtySince === undefined || isHalted()) return;
      void keep();
      running ??= save(true);
    },
    retry: () => {
      if (hasFailed()) void flush();
    },
    isDirty: () => dirtySince !== undefined || running !== undefined,
    isOnlyHere: () => dirtySince !== undefined && !isOnDevice,
    revision: () => revision,
    changedAt: () => changedAt,
    isContested: () => state.kind === 'conflict' && !state.isGone,
    resume: (from, isDirty) => {
      revision = from;
      dirtySince = isDirty ? around.now() : undefined;
      if (!isDirty) void forget();
      show(isDirty ? { kind: 'unsaved' } : { kind: 'saved', at: around.now() });
      schedule();
    },
    stop: async () => {
      over = true;
      around.clearTimer(timer);
      await running;
      await forget();
    },
  };
};

/** For a form that is never stored (R6.7): knows that something was typed, and keeps nothing of it. */
export const forgetfulKeeper = (): DraftKeeper => {
  let changedAt: EpochMs | undefined;
  return {
    changed: () => {
      changedAt = Date.now();
    },
    moved: () => undefined,
    flush: async () => true,
    leave: () => undefined,
    retry: () => undefined,
    isDirty: () => changedAt !== undefined,
    isOnlyHere: () => changedAt !== undefined,
    revision: () => undefined,
    changedAt: () => changedAt ?? 0,
    isContested: () => false,
    resume: () => undefined,
    stop: async () => {
      changedAt = undefined;
    },
  };
};
