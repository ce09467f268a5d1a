import type { EpochMs } from './case.ts';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Helsinki',
  year: 'numeric',
  hour: '2-digit',
  hourCycle: 'h23',
});

const part = (at: EpochMs, type: 'year' | 'hour'): number =>
  Number(parts.formatToParts(at).find(found => found.type === type)?.value);

/** The year on a Finnish calendar. */
export const finnishYear = (at: EpochMs): number => part(at, 'year');

/** The hour a Finnish clock shows, 0–23, summer and winter. */
export const finnishHour = (at: EpochMs): number => part(at, 'hour');
