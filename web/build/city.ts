import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const text = z.string().min(1);
const translated = z.strictObject({ fi: text, sv: text, en: text });
const address = z.url({ protocol: /^https$/ });
const addresses = z.strictObject({ fi: address, sv: address, en: address });
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day as 08:00');

/** For people and for a script that says "open now". */
const openingHours = z.strictObject({
  /** ISO: Monday is 1. */
  weekdays: z.array(z.int().min(1).max(7)).min(1),
  opens: timeOfDay,
  closes: timeOfDay,
  /** Finland's public holidays, Christmas Eve and Midsummer Eve. */
  closedOnHolidays: z.boolean(),
});

const helpline = z.strictObject({
  name: translated,
  /** As people read it: `(09) 310 88800`. */
  phone: text,
  hours: openingHours,
  /** The way that needs no hearing (R1.5). */
  email: z.email(),
  textMessage: text.optional(),
});

const authorityFields = { name: translated, website: addresses, phone: text, email: z.email() };
const authority = z.strictObject(authorityFields);

/** What the privacy notices and the accessibility statement must name. */
const legal = z.strictObject({
  controller: translated,
  registry: z.strictObject({ name: translated, address: translated, phone: text, email: z.email() }),
  dataProtectionOfficer: z.email(),
  dataProtectionAuthority: authority,
  accessibilityFeedback: z.email(),
  /** `complaint`: where one tells it of shortcomings. */
  accessibilityAuthority: z.strictObject({ ...authorityFields, complaint: addresses }),
});

const citySchema = z.strictObject({
  name: translated,
  timeZone: text,
  casePrefix: z.string().regex(/^[A-Z]{2,5}$/, 'must be 2 to 5 capital letters'),
  /** As registered with Traficom; 3–11 letters or digits. */
  smsSenderId: z.string().regex(/^[A-Za-z0-9]{3,11}$/, 'must be 3 to 11 letters or digits'),
  helpline,
  links: z.strictObject({
    website: addresses,
    privacyNotices: addresses,
    /** Health care's own message service (R5.5). */
    healthMessages: addresses,
  }),
  legal,
});

/** Whose portal this is: names, helpline and legal facts of `city.json`. */
export type City = z.infer<typeof citySchema>;

/** Says in one plain line what is wrong with a city's folder. */
export class CityError extends Error {
  override readonly name = 'CityError';
}

/** The one folder that makes the portal a city's own; `PORTAL_CITY` names another than `web/city`. */
export const cityFolder = (): string =>
  resolve(process.env.PORTAL_CITY ?? join(import.meta.dirname, '..', 'city'));

const parseJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CityError(`${file}: ${(error as Error).message}`);
  }
};

/** Throws `CityError`. */
export const parseCity = (value: unknown): City => {
  const parsed = citySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CityError(`city.json: ${issue?.path.join('.')}: ${issue?.message}`);
};

/** Throws `CityError`. */
export const readCity = (folder: string = cityFolder()): City =>
  parseCity(parseJson(join(folder, 'city.json')));
