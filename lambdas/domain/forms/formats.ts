import { isBusinessId } from '../business-id.ts';
import { toEmail } from '../contact.ts';
import { isIdentityCode } from '../identity-code.ts';
import { plainDecimal } from './decimal.ts';

/**
 * What a text field may promise to be (`format`). Checks are by law where there is one: a number that cannot exist
 * is refused. Every check takes the text as typed; spaces that people write inside numbers are allowed.
 */

const closeUp = (text: string): string => text.replace(/[\s\u00a0]/g, '');

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** `2026-12-24`, a day there is (RFC 3339). */
const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(Number(text.slice(0, 4)), month);
};

/** Digits of a number modulo 97, a few at a time: the whole would not fit a number. */
const modulo97 = (digits: string): number =>
  [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0);

/** ISO 13616: letters count from 10, the first four characters go last, and the whole leaves 1 modulo 97. */
const isIban = (text: string): boolean => {
  const iban = closeUp(text).toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) || (iban.startsWith('FI') && iban.length !== 18))
    return false;
  const turned = iban.slice(4) + iban.slice(0, 4);
  return modulo97(turned.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55))) === 1;
};

/** `040 123 4567`, `+358 40 1234567`, `(09) 310 88800`. */
const isPhone = (text: string): boolean =>
  /^(\+\d{7,15}|0\d{4,14})$/.test(text.replace(/[\s\u00a0()-]/g, ''));

/** Of whichever city: `HEL-2026-000123`, and as people type it (`case-number.ts`). */
const isCaseNumber = (text: string): boolean =>
  /^[A-ZÅÄÖ]{2,5}\d{5,13}$/i.test(text.replace(/[\s\u00ad\u2010-\u2015\u2212-]/g, ''));

const isWebAddress = (text: string): boolean =>
  URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol);

export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  /** `1 234,50 €`: digits, a comma before the decimals. */
  'decimal-number': text => plainDecimal(text) !== undefined,
  date: isDate,
  email: text => toEmail(text) !== undefined,
  phone: isPhone,
  'postal-code': text => /^\d{5}$/.test(text.trim()),
  // People write the letters small; the code itself has them large.
  'identity-code': text => isIdentityCode(text.trim().toUpperCase()),
  'business-id': text => isBusinessId(text.trim()),
  iban: isIban,
  'case-number': isCaseNumber,
  uri: isWebAddress,
};
