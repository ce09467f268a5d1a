/** Tries again what a bad connection has broken: after a while, and at once when the network is back. */
import { ApiFailure } from '../../client/api.ts';
import { UploadFailure } from './upload.ts';

/** Milliseconds before each further try; then a person decides. */
export const waitsMs = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000];

export interface Network {
  isOnline(): boolean;
  /** Resolves when the time is over or, sooner, when the network returns; rejects when the signal says so. */
  wait(milliseconds: number | undefined, signal: AbortSignal): Promise<void>;
}

/** The browser's own. Without a time it waits until the network is back. */
export const network: Network = {
  isOnline: () => navigator.onLine,
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const ends = new AbortController();
      const end = (act: () => void) => () => {
        ends.abort();
        clearTimeout(timer);
        act();
      };
      const timer = milliseconds === undefined ? undefined : setTimeout(end(resolve), milliseconds);
      addEventListener('online', end(resolve), { signal: ends.signal });
      signal.addEventListener(
        'abort',
        end(() => reject(signal.reason)),
        { signal: ends.signal },
      );
    }),
};

/** Whether the same may succeed when it is tried again: a network that failed, a server in trouble, an invitation that is over. */
const isPassing = (error: unknown): boolean =>
  error instanceof UploadFailure || (error instanceof ApiFailure && error.retryable);

/**
 * Runs until it succeeds, fails for good, or has been tried often enough; time without a network does not count.
 * Rejects with the last failure, or with the signal's reason.
 */
export const persist = async <Result>(
  run: () => Promise<Result>,
  signal: AbortSignal,
  onInterrupted: () => void,
  { isOnline, wait }: Network = network,
): Promise<Result> => {
  let tried = 0;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      onInterrupted();
      if (!isOnline()) await wait(undefined, signal);
      else if (tried < waitsMs.length) await wait(waitsMs[tried++], signal);
      else throw error;
    }
  }
};
