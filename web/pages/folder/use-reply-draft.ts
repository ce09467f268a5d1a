import { useEffect, useRef, useState } from 'preact/hooks';
import { putReplyDraft } from '../../client/api.ts';
import { prepareAsking } from '../../client/prepare-asking.ts';
import { here } from '../../client/unsent.ts';

/** Milliseconds without a keystroke after which what was typed is saved. */
const restMs = 1_000;

export type DraftState = 'saved' | 'failed' | undefined;

/**
 * Saves an answer while it is being written, so that another visit, or another device, goes on where this one ended.
 * One saving at a time: a late one never overwrites a newer.
 */
export const useReplyDraft = (caseNumber: string, initial: string) => {
  const [state, setState] = useState<DraftState>();
  const kept = useRef(initial);
  const wanted = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());

  const saveNow = async (): Promise<void> => {
    const text = wanted.current;
    if (text === kept.current || here.hasSignedOut) return;
    try {
      await putReplyDraft(caseNumber, { text });
      kept.current = text;
      setState(text === '' ? undefined : 'saved');
    } catch {
      setState('failed');
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer.current);
    running.current = running.current.then(saveNow);
    return running.current;
  };

  useEffect(() => {
    prepareAsking();
    const before = { ...here };
    here.isOnlyHere = () => wanted.current !== kept.current || before.isOnlyHere();
    here.save = async () => {
      await flush();
      return wanted.current === kept.current && (await before.save());
    };
    return () => {
      here.isOnlyHere = before.isOnlyHere;
      here.save = before.save;
      void flush();
    };
  }, []);

  return {
    state,
    typed: (text: string) => {
      wanted.current = text;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), restMs);
    },
    flush,
    /** Nothing is left to keep: it was sent, or given up. */
    settle: () => {
      clearTimeout(timer.current);
      wanted.current = '';
      kept.current = '';
    },
  };
};
