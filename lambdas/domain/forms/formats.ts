import { isBusinessId } from '../business-id.ts';
import { toEmail } from '../contact.ts';
import { isIdentityCode } from '../identity-code.ts';
import { plainDecimal } from './decimal.ts';

/**
 * What a text field may promise to be (`format`). Checks are by law where there is one: a number that cannot exist
 * is refused. Every check takes the text as typed; spaces that people write inside numbers are allowed.
 */

const closeUp = (text: string): string => text.replace(/[\s\u00a0]/g, '');

const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
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

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text.trim())?.protocol ?? '');

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
  uri: isWebAddress,
};
