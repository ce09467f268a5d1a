/** EventBridge Scheduler: the template's schedules, kept by the moved clock. */
import { Cron } from 'croner';
import type { Clock } from './clock.ts';

export interface Schedule {
  readonly name: string;
  /** `cron(0 9-20 * * ? *)` or `rate(5 minutes)`. */
  readonly expression: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The event, with EventBridge's context attributes not yet filled in. */
  readonly input: string;
  readonly target: (event: unknown) => Promise<unknown>;
}

export interface Scheduler {
  close(): void;
}

const perUnit: Readonly<Record<string, string>> = {
  minute: '* * * * *',
  hour: '0 * * * *',
  day: '0 0 * * *',
};

const rate = (count: number, unit: string): string => {
  if (count === 1) return perUnit[unit] ?? '';
  if (unit === 'minute') return `*/${count} * * * *`;
  return unit === 'hour' ? `0 */${count} * * *` : `0 0 */${count} * *`;
};

/**
 * AWS's six fields (minute hour day month weekday year, Sunday = 1, `?` for "whatever") as croner's seven
 * (second … year, read with its Quartz weekdays). Throws at what is no schedule of AWS.
 */
export const toCron = (expression: string): string => {
  const interval = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (interval) return `0 ${rate(Number(interval[1]), interval[2] ?? '')} *`;
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw new Error(`"${expression}" is no schedule the local run knows`);
  return ['0', ...fields.map(field => (field === '?' ? '*' : field))].join(' ');
};

const options = (timeZone: string) => ({
  timezone: timeZone,
  alternativeWeekdays: true,
  // AWS reads a day of the month beside a weekday as "both", but allows a value in one of them only.
  domAndDow: true,
  paused: true,
});

/** When it runs next after `after` (epoch milliseconds); undefined where never again. */
export const nextRun = (expression: string, timeZone: string, after: number): number | undefined =>
  new Cron(toCron(expression), options(timeZone)).nextRun(new Date(after))?.getTime();

/** The event as Scheduler hands it over at `at`; times as AWS writes them, to the second. */
export const eventAt = (input: string, at: number): unknown =>
  JSON.parse(
    input
      .replaceAll('<aws.scheduler.scheduled-time>', new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'))
      .replaceAll('<aws.scheduler.attempt-number>', '1'),
  );

/** The longest wait of one timer: a clock that was moved or a machine that slept is noticed by then. */
const longestWaitMilliseconds = 60_000;

export const startScheduler = (
  schedules: readonly Schedule[],
  clock: Clock,
  failed: (schedule: string, error: unknown) => void,
): Scheduler => {
  const timers = new Map<Schedule, NodeJS.Timeout>();

  const run = (schedule: Schedule, at: number): void => {
    schedule.target(eventAt(schedule.input, at)).catch(error => failed(schedule.name, error));
  };

  /** Runs that fell into a jump of the clock are not made up for, as where a machine's clock is set. */
  const wait = (schedule: Schedule, after: number): void => {
    const at = nextRun(schedule.expression, schedule.timeZone, after);
    if (at === undefined) return;
    const step = (): void => {
      const left = at - clock.now();
      if (left > 0) {
        timers.set(schedule, setTimeout(step, Math.min(left, longestWaitMilliseconds)));
        return;
      }
      run(schedule, at);
      wait(schedule, at);
    };
    step();
  };

  const begin = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const schedule of schedules) wait(schedule, clock.now());
  };
  clock.onMove(begin);
  begin();
  return {
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
};
