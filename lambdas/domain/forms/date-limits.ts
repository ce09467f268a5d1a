/** The days a date field takes, counted from today where its definition says so. */
import type { EpochMs } from '../case.ts';
import { finnishWall } from '../finnish-time.ts';
import { option } from './controls.ts';
import type { Field } from './tree.ts';

const shape = /^today(?:([+-])(\d{1,4})([dy]))?$/;
const dayMs = 86_400_000;

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `today`, `today+14d`, `today-120y`, or a date, `2026-12-24`. */
export const isDateLimit = (value: unknown): boolean => {
  if (typeof value !== 'string' || shape.test(value)) return typeof value === 'string';
  const at = Date.parse(value);
  return !Number.isNaN(at) && isoDay(at) === value;
};

/** A year without the 29th of February has its 1st of March. */
const yearsOn = (day: string, years: number): string =>
  isoDay(Date.UTC(Number(day.slice(0, 4)) + years, Number(day.slice(5, 7)) - 1, Number(day.slice(8))));

/** The first (`minDate`) or last (`maxDate`) day a field takes, by the calendar in Helsinki at `now`, in milliseconds. */
export const dateLimit = (
  { ui }: Pick<Field, 'ui'>,
  name: 'minDate' | 'maxDate',
  now: EpochMs,
): string | undefined => {
  const limit = option(ui, name);
  if (typeof limit !== 'string') return undefined;
  const [whole, sign, count = '0', unit] = shape.exec(limit) ?? [];
  if (whole === undefined) return limit;
  const today = finnishWall(now);
  const number = sign === '-' ? -Number(count) : Number(count);
  return unit === 'y' ? yearsOn(isoDay(today), number) : isoDay(today + number * dayMs);
};
