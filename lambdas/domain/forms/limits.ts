/** Dates counted from today, and answers that must come after another: what JSON Schema has no words for. */
import type { EpochMs } from '../case.ts';
import { finnishWall } from '../finnish-time.ts';
import { option } from './controls.ts';
import { formats } from './formats.ts';
import type { Field } from './tree.ts';

const shape = /^today(?:([+-])(\d{1,4})([dy]))?$/;
const dayMs = 86_400_000;

/** `today`, `today+14d`, `today-120y`, or a date, `2026-12-24`. */
export const isDateLimit = (value: unknown): boolean =>
  typeof value === 'string' && (shape.test(value) || formats.date?.(value) !== undefined);

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

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

export const dateProblem = (field: Field, now: EpochMs): 'minDate' | 'maxDate' | undefined => {
  if (field.control !== 'date') return undefined;
  const [first, last] = [dateLimit(field, 'minDate', now), dateLimit(field, 'maxDate', now)];
  if (first !== undefined && String(field.value) < first) return 'minDate';
  return last !== undefined && String(field.value) > last ? 'maxDate' : undefined;
};

const minutes = (text: string): number => {
  const [hours, rest] = (formats['clock-time']?.(text) ?? '').split('.').map(Number);
  return (hours ?? Number.NaN) * 60 + (rest ?? Number.NaN);
};

/** The field beside it that `ui:options.after` names. */
export const earlierField = ({ ui }: Pick<Field, 'ui'>, siblings: readonly Field[]): Field | undefined => {
  const name = option(ui, 'after');
  return name === undefined ? undefined : siblings.find(sibling => sibling.name === name);
};

/** A time must come after the other, a date not before it. What is not there, or cannot be read, is no matter of this. */
export const orderProblem = (field: Field, siblings: readonly Field[]): 'after' | undefined => {
  const before = earlierField(field, siblings)?.value;
  if (typeof before !== 'string' || typeof field.value !== 'string') return undefined;
  const isWrong =
    field.control === 'date'
      ? formats.date?.(before) !== undefined && field.value < before
      : minutes(field.value) <= minutes(before);
  return isWrong ? 'after' : undefined;
};
