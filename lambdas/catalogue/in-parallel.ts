/** Objects written or removed at a time. */
const concurrency = 24;

/** Works through a sequence that need not be in memory whole; answers how many there were. The first error stops it. */
export const inParallel = async <T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<number> => {
  const iterator = items[Symbol.iterator]();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      await work(next.value);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return done;
};
