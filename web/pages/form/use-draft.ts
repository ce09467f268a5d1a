import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftRequest } from '../../../lambdas/http/wire/drafts.ts';
import {
  type CopyName,
  type DeviceCopy,
  holdCopy,
  keepOnDevice,
  nameOfCopy,
  prepareKey,
  removeFromDevice,
} from '../../client/on-device.ts';
import { here } from '../../client/unsent.ts';
import { putInAddress } from './address.ts';
import { putDraft } from './draft-api.ts';
import {
  type DraftKeeper,
  draftKeeper,
  forgetfulKeeper,
  type SaveState,
  type Start,
  type Surroundings,
} from './draft-keeper.ts';

import type { Brought } from './opening.ts';

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
 * same (a link then asks, as browsers do). What is on the device is safe: it keeps nobody from going.
 */
const saveOnTheWayOut = (keeper: DraftKeeper, content: () => DraftRequest) => {
  let isLetBy = false;
  const brought = (): Brought => ({ ...content(), revision: keeper.revision() });
  const go = async (way: HTMLElement) => {
    const isSaved = await keeper.flush();
    // The same step in the other language, and all that no server has.
    const isCarried =
      'language' in way.dataset &&
      (await import('./later.ts').then(({ aim }) => aim(way as HTMLAnchorElement, brought())));
    isLetBy = true;
    if (isCarried) here.isOnlyHere = () => false;
    if (isSaved || !here.isOnlyHere()) way.click();
    isLetBy = !isSaved;
  };
  return (event: MouseEvent) => {
    const way = wayOut(event);
    if (isLetBy || !way || !(keeper.isDirty() || 'language' in way.dataset)) return;
    event.stopPropagation();
    event.preventDefault();
    void go(way);
  };
};

/** Asks only where something would be lost, and not once the session is over and the page concealed. */
const warnOfLoss = (event: BeforeUnloadEvent) => {
  if (here.isOnlyHere() && !document.documentElement.classList.contains('concealed')) event.preventDefault();
};

const followTheBrowser = (keeper: DraftKeeper, content: () => DraftRequest): (() => void) => {
  const ends = new AbortController();
  const { signal } = ends;
  const leave = () => keeper.leave();
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave(), {
    signal,
  });
  addEventListener('pagehide', leave, { signal });
  addEventListener('online', () => keeper.retry(), { signal });
  addEventListener('beforeunload', warnOfLoss, { signal });
  document.addEventListener('click', saveOnTheWayOut(keeper, content), { signal, capture: true });
  here.isOnlyHere = keeper.isOnlyHere;
  here.save = keeper.flush;
  return () => ends.abort();
};

interface Latest {
  readonly id: string;
  readonly content: () => DraftRequest;
}

/** The server, and this device: one thing at a time there, in the order it was asked for. */
const around = (
  latest: { readonly current: Latest },
  show: (state: SaveState) => void,
  found: CopyName | undefined,
): Surroundings => {
  const by = crypto.randomUUID();
  let number = 0;
  const there = new Map(found && [[nameOfCopy(found), found]]);
  let onDevice: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<boolean> => {
    const done = onDevice.then(act).then(
      () => true,
      () => false,
    );
    onDevice = done;
    return done;
  };
  return {
    content: () => latest.current.content(),
    save: async (draft, revision, outlives) => {
      const { id } = latest.current;
      number += 1;
      const saved = await putDraft(id, { ...draft, saving: { by, number } }, revision, outlives);
      // From now on a reload goes on with this one.
      if (revision === undefined) putInAddress(id);
      return saved;
    },
    keep: (content, revision, at) => {
      const saving = { by, number: number + 1 };
      const copy: DeviceCopy = { ...content, draft: latest.current.id, saving, revision, at };
      return inTurn(async () => {
        if (here.hasSignedOut) return;
        await keepOnDevice(copy);
        if (!there.has(nameOfCopy(copy))) holdCopy(copy);
        there.set(nameOfCopy(copy), copy);
      });
    },
    forget: async () => {
      await inTurn(async () => {
        for (const copy of there.values()) await removeFromDevice(copy);
        there.clear();
      });
    },
    show,
    now: Date.now,
    setTimer: (act, milliseconds) => setTimeout(act, milliseconds),
    clearTimer: timer => clearTimeout(timer as number),
  };
};

/** Keeps what `content` gives on the server. A form that is never stored keeps nothing, but still warns of loss. */
export const useDraft = (
  firstId: string,
  isStored: boolean,
  content: () => DraftRequest,
  start?: Start,
  copy?: CopyName,
): Draft => {
  const [id, setId] = useState(firstId);
  const [state, setState] = useState<SaveState | undefined>(
    start?.isContested ? { kind: 'conflict' } : undefined,
  );
  const latest = useRef({ id, content });
  latest.current = { id, content };
  const keeper = useRef<DraftKeeper>(null);
  keeper.current ??= isStored ? draftKeeper(around(latest, setState, copy), start) : forgetfulKeeper();
  const current = keeper.current;
  useEffect(() => {
    const unfollow = followTheBrowser(current, () => latest.current.content());
    if (isStored) void prepareKey().catch(() => undefined);
    // What a closed or crashed window had left on this device is sent at once.
    if (start?.unsavedSince !== undefined) void current.flush();
    return unfollow;
  }, []);
  const begin = (next: string) => {
    latest.current = { ...latest.current, id: next };
    setId(next);
  };
  return { id, state, keeper: current, begin };
};
