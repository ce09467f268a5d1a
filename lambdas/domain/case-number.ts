import type { CaseNumber } from './case.ts';

/** What stands at the head of a city's case numbers, `HEL`: upper-case letters. */
export type CasePrefix = string;

/** `HEL-2026-000123`. Six digits at least, so that numbers of a year sort as they were given. */
export const formatCaseNumber = (prefix: CasePrefix, year: number, sequence: number): CaseNumber =>
  `${prefix}-${year}-${String(sequence).padStart(6, '0')}`;

/** Spaces and every kind of hyphen a phone or a letter may put in. */
const between = '[\\s\\u00ad\\u2010-\\u2015\\u2212-]*';

/** Nobody types more; a longer text is no case number and not worth looking through. */
const longest = 40;

/**
 * Reads a case number as people type it: with or without hyphens, with spaces, in lower case.
 * Undefined where it is none. A number is never an authorisation.
 */
export const parseCaseNumber = (prefix: CasePrefix, text: string): CaseNumber | undefined => {
  if (text.length > longest) return undefined;
  const shape = new RegExp(`^${between}${prefix}${between}(\\d{4})((?:${between}\\d){1,9})${between}$`, 'iu');
  const [, year, digits] = shape.exec(text) ?? [];
  const sequence = Number(digits?.replace(/\D/g, ''));
  return year && sequence > 0 ? formatCaseNumber(prefix, Number(year), sequence) : undefined;
};

/** Years that a number without one may be of: this and those before. */
const yearsSearched = 6;

/**
 * The case numbers somebody may mean who searches for `HEL-2026-000123`, `hel 2026 000123` or `2026/000123`; without
 * a year, as in `000123` or `123`, that number of this and the last years. Empty where it is no number.
 */
export const searchedNumbers = (
  prefix: CasePrefix,
  text: string,
  thisYear: number,
): readonly CaseNumber[] => {
  const hasPrefix = text.trimStart().toUpperCase().startsWith(prefix);
  const bare = (hasPrefix ? text.trimStart().slice(prefix.length) : text).replaceAll('/', '-');
  const whole = parseCaseNumber(prefix, `${prefix} ${bare}`);
  if (whole?.startsWith(`${prefix}-20`)) return [whole];
  const digits = bare.replace(new RegExp(between, 'gu'), '');
  if (!/^\d{1,9}$/.test(digits) || Number(digits) === 0) return [];
  return Array.from({ length: yearsSearched }, (_, back) =>
    formatCaseNumber(prefix, thisYear - back, Number(digits)),
  );
};
