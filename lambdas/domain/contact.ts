/** The two ways of reaching somebody; each is confirmed by a code of its own. */
export const contactFields = ['email', 'phone'] as const;
export type ContactField = (typeof contactFields)[number];

/** RFC 5321 allows 254 characters in an address that can be delivered to. */
const maxEmailLength = 254;
/** As browsers check `type=email` (HTML standard), and with a dot in the domain: nobody's mail is at `a@localhost`. */
const email =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;

/** The address without the spaces round it, or undefined when nothing could be delivered there. */
export const toEmail = (text: string): string | undefined => {
  const trimmed = text.trim();
  return trimmed.length <= maxEmailLength && email.test(trimmed) ? trimmed : undefined;
};

/** Spaces, hyphens, brackets and dots people write; a `(0)` after the country code is dropped with its zero. */
const digitsOf = (text: string): string => text.replace(/\(0\)/, '').replace(/[\s().\-\u2010-\u2015]/g, '');

const international = (digits: string): string => {
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  return digits.startsWith('0') ? `+358${digits.slice(1)}` : digits;
};

/** Country code first, at most 15 digits (ITU E.164). */
const e164 = /^\+[1-9]\d{6,14}$/;
/** Finnish mobile numbers begin with 4 or 50; a text message to a landline arrives nowhere. */
const finnishMobile = /^\+358(?:4\d|50)\d{4,8}$/;

/** A mobile number in E.164, `+358401234567`; without a country code it is Finnish. Undefined when no text message could reach it. */
export const toMobileNumber = (text: string): string | undefined => {
  const number = international(digitsOf(text));
  if (!e164.test(number)) return undefined;
  return number.startsWith('+358') && !finnishMobile.test(number) ? undefined : number;
};
