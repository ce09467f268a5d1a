/**
 * The local portal's clock, which can be moved. One number of milliseconds, shared by every thread, is added to the
 * real time, so that tokens, signatures, sessions and schedules agree. The functions' `Date` shows it; the engines
 * are handed it. Timers keep real time.
 */
const RealDate = Date;

export interface Clock {
  /** What workers are given, to see the same time. */
  readonly shared: SharedArrayBuffer;
  /** Epoch milliseconds by the moved clock. */
  now(): number;
  /** Makes the clock show `at` (epoch milliseconds) and go on from there; undefined makes it right again. */
  set(at: number | undefined): void;
  /** Called after every move. */
  onMove(listener: () => void): void;
}

const offsetOf = (shared: SharedArrayBuffer): number => Number(Atomics.load(new BigInt64Array(shared), 0));

export const createClock = (startAt?: number): Clock => {
  const shared = new SharedArrayBuffer(8);
  const listeners: (() => void)[] = [];
  const store = (at: number | undefined): void => {
    const offset = at === undefined ? 0 : Math.round(at) - RealDate.now();
    Atomics.store(new BigInt64Array(shared), 0, BigInt(offset));
  };
  store(startAt);
  return {
    shared,
    now: () => RealDate.now() + offsetOf(shared),
    set: at => {
      store(at);
      for (const listener of listeners) listener();
    },
    onMove: listener => listeners.push(listener),
  };
};

/** Makes `Date` of this thread, a function's, show the moved time. */
export const patchDate = (shared: SharedArrayBuffer): void => {
  const now = (): number => RealDate.now() + offsetOf(shared);
  function MovedDate(this: unknown, ...parts: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
  }
  Object.setPrototypeOf(MovedDate, RealDate);
  // The same prototype, so that `instanceof Date` holds for dates made before and after.
  MovedDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = MovedDate;
  Object.assign(MovedDate, { now });
  globalThis.Date = MovedDate as unknown as DateConstructor;
};

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/**
 * What a person may write as a time: `+1h55m` (from `now`), an ISO 8601 time with its zone, or `now`, the real time,
 * which is undefined. Throws where it is none of them.
 */
export const readMoment = (text: string, now: number): number | undefined => {
  if (text === 'now') return undefined;
  const relative = /^([+-])((?:\d+[dhms])+)$/.exec(text);
  if (relative) {
    const parts = [...(relative[2] ?? '').matchAll(/(\d+)([dhms])/g)];
    const sum = parts.reduce(
      (total, [, count, unit]) => total + Number(count) * units[unit as keyof typeof units],
      0,
    );
    return now + (relative[1] === '-' ? -sum : sum);
  }
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? RealDate.parse(text)
    : Number.NaN;
  if (Number.isNaN(at))
    throw new Error(`"${text}" is no time: write +1h55m, 2026-12-24T08:59:00+02:00 or now`);
  return at;
};
