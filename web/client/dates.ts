/** Dates as a reader of each language writes them, always in the city's own time, wherever the browser is. */
import type { EpochMs } from '../../lambdas/domain/case.ts';
import type { Language } from '../../lambdas/domain/language.ts';

const timeZone = 'Europe/Helsinki';
/** Day before month, and a clock of 24 hours, in English too. */
const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };
const monthStyle: Readonly<Record<Language, 'numeric' | 'long'>> = {
  fi: 'numeric',
  sv: 'numeric',
  en: 'long',
};
const clockWord: Readonly<Record<Language, string>> = { fi: 'klo', sv: 'kl.', en: 'at' };

const dayFormat = (language: Language, zone: string) =>
  new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    day: 'numeric',
    month: monthStyle[language],
    year: 'numeric',
  });

/** `24.12.2026`, `24 December 2026`. */
export const day = (at: EpochMs, language: Language): string => dayFormat(language, timeZone).format(at);

/** A calendar date (`2026-12-24`) has no time zone: it is the same day everywhere. */
export const calendarDay = (date: string, language: Language): string => {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : dayFormat(language, 'UTC').format(at);
};

/** The calendar year in the city. */
export const year = (at: EpochMs): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(at));

/** `8.59`, `8:59`. */
export const clock = (at: EpochMs, language: Language): string =>
  new Intl.DateTimeFormat(locales[language], { timeZone, hour: 'numeric', minute: '2-digit' }).format(at);

/** `24.12.2026 klo 8.59`. */
export const dayAndClock = (at: EpochMs, language: Language): string =>
  `${day(at, language)} ${clockWord[language]} ${clock(at, language)}`;

/** Machine-readable, for `<time datetime>`. */
export const iso = (at: EpochMs): string => new Date(at).toISOString();

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3 päivää sitten`, `eilen`, `nyt`; how long ago `at` was, in the largest whole unit. */
export const age = (at: EpochMs, now: EpochMs, language: Language): string => {
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' });
  const elapsed = Math.max(0, now - at);
  const [unit, length] = units.find(([, length]) => elapsed >= length) ?? ['second', elapsed + 1];
  return format.format(-Math.floor(elapsed / length), unit);
};

/** Whether a calendar date is over in the city. The last day itself still counts. */
export const isPast = (date: string, now: EpochMs): boolean =>
  date < new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
