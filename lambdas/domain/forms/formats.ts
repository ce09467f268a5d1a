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

const isEmail = (text: string): boolean =>
  text.length <= 254 && /^[^\s@"<>(),;:]+@[^\s@."<>(),;:]+(\.[^\s@."<>(),;:]+)+$/.test(text.trim());

/** `040 123 4567`, `+358 40 1234567`, `(09) 310 88800`. */
const isPhone = (text: string): boolean =>
  /^(\+\d{7,15}|0\d{4,14})$/.test(text.replace(/[\s\u00a0()-]/g, ''));

const centurySigns: Readonly<Record<string, string>> = {
  ...{ '+': '18', '-': '19', Y: '19', X: '19', W: '19', V: '19', U: '19' },
  ...{ A: '20', B: '20', C: '20', D: '20', E: '20', F: '20' },
};

/** Personal identity code: a day that exists, and the check character (the number modulo 31). */
const isIdentityCode = (text: string): boolean => {
  const [, day, month, year, sign = '', individual, check] =
    /^(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])$/.exec(text.trim().toUpperCase()) ?? [];
  if (day === undefined || Number(individual) < 2 || !isDate(`${centurySigns[sign]}${year}-${month}-${day}`))
    return false;
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(`${day}${month}${year}${individual}`) % 31] === check;
};

/** Business ID: weights 7 9 10 5 8 4 2, modulo 11; a remainder of 1 is given to nobody. */
const isBusinessId = (text: string): boolean => {
  const [, digits = '', check] = /^(\d{7})-(\d)$/.exec(text.trim()) ?? [];
  if (check === undefined) return false;
  const sum = [7, 9, 10, 5, 8, 4, 2].reduce((all, weight, index) => all + weight * Number(digits[index]), 0);
  const remainder = sum % 11;
  return remainder !== 1 && Number(check) === (remainder === 0 ? 0 : 11 - remainder);
};

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text.trim())?.protocol ?? '');

export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  /** `1 234,50`: digits, a comma before the decimals. */
  'decimal-number': text => /^-?\d+(,\d+)?$/.test(closeUp(text)),
  date: isDate,
  email: isEmail,
  phone: isPhone,
  'postal-code': text => /^\d{5}$/.test(text.trim()),
  'identity-code': isIdentityCode,
  'business-id': isBusinessId,
  iban: isIban,
  uri: isWebAddress,
};
