/** Instances that serve one at a time, started when they are needed, at most so many. */

interface Place<Instance> {
  readonly instance: Instance;
  busy: boolean;
  /** Milliseconds of `performance.now()`. */
  usedAt: number;
}

export interface PoolOptions<Instance> {
  readonly size: number;
  start(): Instance;
  end(instance: Instance): unknown;
}

export interface Pool<Instance> {
  /** A free instance, a new one, or undefined where all were busy too long. */
  acquire(): Promise<Instance | undefined>;
  /** `broken`: it is ended, and not used again. */
  release(instance: Instance, broken: boolean): void;
  /** It has ended by itself. */
  drop(instance: Instance): void;
  close(): Promise<void>;
}

/** Instances that have not been used for so long are let go; the next event then meets a cold start, as in Lambda. */
const idleMilliseconds = 10 * 60_000;
/** How long an event waits for a free instance before it is refused. */
const waitMilliseconds = 10_000;

export const createPool = <Instance>({ size, start, end }: PoolOptions<Instance>): Pool<Instance> => {
  const places = new Map<Instance, Place<Instance>>();
  const waiting: ((instance: Instance | undefined) => void)[] = [];

  const discard = (instance: Instance): unknown => {
    places.delete(instance);
    return end(instance);
  };

  const take = (): Instance | undefined => {
    const free = [...places.values()].find(({ busy }) => !busy);
    if (!free && places.size >= size) return undefined;
    const place = free ?? { instance: start(), busy: true, usedAt: 0 };
    place.busy = true;
    places.set(place.instance, place);
    return place.instance;
  };

  const wait = (): Promise<Instance | undefined> =>
    new Promise(resolve => {
      const give = (instance: Instance | undefined): void => {
        clearTimeout(late);
        resolve(instance);
      };
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(give), 1);
        resolve(undefined);
      }, waitMilliseconds);
      waiting.push(give);
    });

  const reaper = setInterval(() => {
    for (const { instance, busy, usedAt } of places.values())
      if (!busy && performance.now() - usedAt > idleMilliseconds) discard(instance);
  }, 60_000).unref();

  return {
    acquire: async () => take() ?? wait(),
    release: (instance, broken) => {
      const place = places.get(instance);
      if (place) Object.assign(place, { busy: false, usedAt: performance.now() });
      if (broken) discard(instance);
      if (waiting.length > 0) waiting.shift()?.(take());
    },
    drop: instance => void places.delete(instance),
    close: async () => {
      clearInterval(reaper);
      await Promise.all([...places.keys()].map(discard));
    },
  };
};
