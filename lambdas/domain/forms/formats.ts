import { isBusinessId } from '../business-id.ts';
import { toEmail } from '../contact.ts';
import { isIdentityCode } from '../identity-code.ts';
import { plainDecimal } from './decimal.ts';

/**
 * What a text field may promise to be (`format`). Checks are by law where there is one: a number that cannot exist
 * is refused. People write the same number in many ways: every format reads what was typed and gives it in one spelling,
 * which spells itself; undefined is what cannot be read.
 */

const closeUp = (text: string): string =>
  text.replace(/\s/g, '').replace(/[\u00ad\u2010-\u2015\u2212]/g, '-');
const capitals = (text: string): string => closeUp(text).toUpperCase();

const only = (holds: boolean, spelling: string): string | undefined => (holds ? spelling : undefined);

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

/** `8.00` as Finns write it; read from `8:00`, `08.00`, `0800`, `8`, `klo 8`. */
const clockTime = (text: string): string | undefined => {
  const [, hours, minutes = '00'] =
    /^(?:klo|kl\.?)?(\d{1,2})(?:[.:,](\d{2}))?$/i.exec(
      closeUp(text).replace(/^(\d{1,2})(\d{2})$/, '$1.$2'),
    ) ?? [];
  return only(Number(hours) <= 23 && Number(minutes) <= 59, `${Number(hours)}.${minutes}`);
};

/** Digits of a number modulo 97, a few at a time: the whole would not fit a number. */
const modulo97 = (digits: string): number =>
  [...digits].reduce((remainder, digit) => (remainder * 10 + Number(digit)) % 97, 0);

/** ISO 13616: letters count from 10, the first four characters go last, and the whole leaves 1 modulo 97. */
const isIban = (iban: string): boolean => {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) || (iban.startsWith('FI') && iban.length !== 18))
    return false;
  const turned = iban.slice(4) + iban.slice(0, 4);
  return modulo97(turned.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55))) === 1;
};

/** In groups of four, as on paper. */
const iban = (text: string): string | undefined => {
  const closed = capitals(text);
  return only(isIban(closed), closed.replace(/(.{4})(?=.)/g, '$1 '));
};

/** `0201256-6`; the hyphen may be missing, the country of a VAT number may stand before it, and an old one lacks its zero. */
const businessId = (text: string): string | undefined => {
  const [, digits = '', check = ''] = /^(?:FI)?(\d{7}(?=-?\d$)|\d{6}(?=-))-?(\d)$/.exec(capitals(text)) ?? [];
  const id = `${digits.padStart(7, '0')}-${check}`;
  return only(isBusinessId(id), id);
};

const identityCode = (text: string): string | undefined => {
  const code = capitals(text);
  return only(isIdentityCode(code), code);
};

/** Area codes are two digits, of mobile and some business numbers three, of service numbers four. */
const finnish = /^0(?:[678]00|[14]\d|50|7[1-5]|[23][09]|\d)/;

/** `040 123 4567`, `09 310 88800`; numbers of other countries `+46701234567`. `+358 (0)40 …` is Finnish too. */
const phone = (text: string): string | undefined => {
  const digits = closeUp(text)
    .replace('(0)', '')
    .replace(/[-().]/g, '')
    .replace(/^00(?=[1-9])/, '+')
    .replace(/^\+358(?=[1-9])/, '0');
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return digits;
  if (!/^0\d{4,14}$/.test(digits)) return undefined;
  const area = finnish.exec(digits)?.[0] ?? '';
  const rest = digits.slice(area.length);
  return rest.length < 5 ? `${area} ${rest}` : `${area} ${rest.slice(0, 3)} ${rest.slice(3)}`;
};

/** Of whichever city: `HEL-2026-000123`, and as people type it (`case-number.ts`). */
const caseNumber = (text: string): string | undefined => {
  const [, prefix, year, number = ''] =
    /^([A-ZÅÄÖ]{2,5})(\d{4})(\d{1,9})$/.exec(capitals(text).replaceAll('-', '')) ?? [];
  return only(prefix !== undefined, `${prefix}-${year}-${number.padStart(6, '0')}`);
};

const postalCode = (text: string): string | undefined => {
  const code = capitals(text).replace(/^FI-?/, '');
  return only(/^\d{5}$/.test(code), code);
};

const webAddress = (text: string): string | undefined => {
  const address = text.trim();
  return only(URL.canParse(address) && /^https?:$/.test(new URL(address).protocol), address);
};

export const formats: Readonly<Record<string, (text: string) => string | undefined>> = {
  /** `1 234,50 €`: digits, a comma before the decimals. */
  'decimal-number': plainDecimal,
  date: text => only(isDate(text), text),
  email: toEmail,
  phone,
  'postal-code': postalCode,
  'identity-code': identityCode,
  'business-id': businessId,
  iban,
  'case-number': caseNumber,
  'clock-time': clockTime,
  uri: webAddress,
};
