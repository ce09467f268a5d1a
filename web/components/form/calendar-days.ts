/** Days of a calendar. A calendar date has no time zone: all is reckoned in UTC. */
import type { Language } from '../../../lambdas/domain/language.ts';
import { serverTime } from '../../client/server-time.ts';

const dayMs = 86_400_000;
const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

export const iso = (date: Date): string => date.toISOString().slice(0, 10);

/** Undefined for what is no date. */
export const dateOf = (text: string): Date | undefined => {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return date && !Number.isNaN(date.getTime()) && iso(date) === text ? date : undefined;
};

export const todayInHelsinki = (now = serverTime()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(now);

export interface Move {
  readonly days?: number;
  readonly months?: number;
  /** To this day of the week, Monday being 0. */
  readonly weekday?: number;
}

const weekdayOf = (date: Date): number => (date.getUTCDay() + 6) % 7;

/** A month on from the 31st is the last day there is. */
const monthsOn = (date: Date, months: number): Date => {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(first.getTime() + (Math.min(date.getUTCDate(), last) - 1) * dayMs);
};

export const moved = (date: Date, { days = 0, months = 0, weekday }: Move): Date => {
  const on = monthsOn(date, months);
  const shift = weekday === undefined ? days : weekday - weekdayOf(on);
  return new Date(on.getTime() + shift * dayMs);
};

/** Weeks of the month a date is in, Monday first; undefined where a week begins or ends in another. */
export const daysOfMonth = (date: Date): readonly (readonly (Date | undefined)[])[] => {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1));
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const before = weekdayOf(first);
  return Array.from({ length: Math.ceil((before + count) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => {
      const number = week * 7 + day - before;
      return number < 0 || number >= count ? undefined : new Date(first.getTime() + number * dayMs);
    }),
  );
};

/** As they stand alone: `tammikuu`. */
export const monthNames = (language: Language): readonly string[] => {
  const format = new Intl.DateTimeFormat(locales[language], { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)));
};

/** `joulukuu 2026`. */
export const monthAndYear = (date: Date, language: Language): string =>
  `${monthNames(language)[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

/** 5 January 2026 is a Monday. */
export const weekdays = (
  language: Language,
): readonly { readonly short: string; readonly long: string }[] => {
  const format = (weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(locales[language], { weekday, timeZone: 'UTC' });
  const [short, long] = [format('short'), format('long')];
  return Array.from({ length: 7 }, (_, day) => {
    const at = Date.UTC(2026, 0, 5 + day);
    return { short: short.format(at), long: long.format(at) };
  });
};

/** First and last day that can be chosen, as dates are written: `2026-12-24`. */
export interface Span {
  readonly first?: string | undefined;
  readonly last?: string | undefined;
}

/** A date of birth is long ago; what else is asked for lies around today, unless the form says otherwise. */
export interface Times extends Span {
  readonly isBirth: boolean;
}

const yearOf = (date: string | undefined): number | undefined =>
  date === undefined ? undefined : Number(date.slice(0, 4));

const lifetime = 120;
const around = 10;

/** Years to choose from: those the field takes, and the one shown. Of past ones the newest first. */
export const years = (
  shown: number,
  { first, last, isBirth }: Times,
  now = serverTime(),
): readonly number[] => {
  const thisYear = Number(todayInHelsinki(now).slice(0, 4));
  const latest = yearOf(last) ?? (isBirth ? thisYear : Math.max(thisYear, yearOf(first) ?? 0) + around);
  const isPast = latest <= thisYear;
  const earliest = yearOf(first) ?? (isPast ? latest - lifetime : thisYear - around);
  const [from, to] = [Math.min(shown, earliest), Math.max(shown, latest)];
  const found = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return isPast ? found.toReversed() : found;
};

export const isWithin = (date: Date, { first, last }: Span): boolean =>
  (first === undefined || iso(date) >= first) && (last === undefined || iso(date) <= last);

/** Where a calendar opens that has no date yet: today, or the nearest day that can be chosen. */
export const nearestTo = (today: string, { first, last }: Span): string => {
  if (first !== undefined && today < first) return first;
  return last !== undefined && today > last ? last : today;
};
