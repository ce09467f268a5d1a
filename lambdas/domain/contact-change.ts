import type { EpochMs } from './case.ts';
import { type ContactField, contactFields } from './contact.ts';
import type { Language } from './language.ts';
import type { Contact, Profile } from './profile.ts';

/** An address that a message can be sent to. */
export interface Address {
  readonly field: ContactField;
  readonly address: string;
}

/** Owed to an address from the change on by which it is used no more, until it has been told (R4.3). */
export interface Warning extends Address {
  /** Random: who has been told is nobody's. */
  readonly id: string;
  readonly language: Language;
  /** When the address was changed. */
  readonly at: EpochMs;
}

const warningDays = 3;

/** It has been tried long enough. */
export const isPastWarning = ({ at }: Pick<Warning, 'at'>, now: EpochMs): boolean =>
  now >= at + warningDays * 24 * 60 * 60 * 1000;

/** A profile as it is after a change, and the addresses that are used no more. */
export interface Changed {
  readonly profile: Profile;
  readonly gone: readonly Address[];
}

type Addresses = Partial<Record<ContactField, string>>;

const filled = <Part extends object>(name: string, part: Part): Record<string, Part> | undefined =>
  Object.keys(part).length > 0 ? { [name]: part } : undefined;

const only = <Value>(
  from: Partial<Record<ContactField, Value>> | undefined,
  keep: (field: ContactField, value: Value) => boolean,
): Partial<Record<ContactField, Value>> =>
  Object.fromEntries(
    contactFields.flatMap(field => {
      const value = from?.[field];
      return value !== undefined && keep(field, value) ? [[field, value]] : [];
    }),
  );

/** Addresses of the one that the other does not use. */
const goneFrom = (before: Addresses, after: Addresses): Address[] =>
  contactFields.flatMap(field => {
    const address = before[field];
    return address !== undefined && address !== after[field] ? [{ field, address }] : [];
  });

/** The profile with these addresses in use. What was confirmed of others is forgotten. */
const using = (profile: Profile, addresses: Addresses, confirmed: Profile['confirmed']): Profile => {
  const { email: _email, phone: _phone, confirmed: _, wanted: _wanted, leaving: _leaving, ...kept } = profile;
  const still = only(confirmed, field => addresses[field] !== undefined);
  return { ...kept, ...addresses, ...filled('confirmed', still) } as Profile;
};

/**
 * What somebody has typed and saved (R4.3). A new address is only wanted until its code has come back: what was there
 * goes on being used. Where nothing else could be used meanwhile, even an address that was taken away still is.
 */
export const changeContact = (profile: Profile, given: Contact): Changed => {
  const { channel, language } = given;
  const wanted = only(given, (field, address) => address !== profile[field]);
  const kept = only(profile, field => given[field] !== undefined);
  const isReachable = Object.keys(kept).length > 0;
  const leaving = isReachable ? undefined : contactFields.find(field => profile[field] !== undefined);
  const addresses = leaving === undefined ? kept : only(profile, field => field === leaving);
  const changed: Profile = {
    ...using(profile, addresses, profile.confirmed),
    ...{ channel, language },
    ...filled('wanted', wanted),
    ...(leaving !== undefined && { leaving }),
  };
  return { profile: changed, gone: goneFrom(profile, changed) };
};

/** The address that a code would confirm: the one that is wanted, else the one in use. */
export const addressToConfirm = (profile: Profile, field: ContactField): string | undefined =>
  profile.wanted?.[field] ?? profile[field];

/** The code that was sent to this address has come back: from now on it is used. */
export const confirmAddress = (profile: Profile, field: ContactField, now: EpochMs): Changed => {
  const address = addressToConfirm(profile, field);
  if (address === undefined) return { profile, gone: [] };
  const addresses = {
    ...only(profile, other => other !== profile.leaving || profile.wanted?.[field] === undefined),
    [field]: address,
  };
  const wanted = only(profile.wanted, other => other !== field);
  const { leaving } = profile;
  const isLeaving = leaving !== undefined && addresses[leaving] === profile[leaving];
  const changed: Profile = {
    ...using(profile, addresses, { ...profile.confirmed, [field]: now }),
    ...filled('wanted', wanted),
    ...(isLeaving && { leaving }),
  };
  return { profile: changed, gone: goneFrom(profile, changed) };
};

/** Minutes for which a code is good. */
export const codeMinutes = 15;
/** Tries for one code. */
export const codeTries = 5;
/** Codes that somebody may ask for in an hour, of each field. */
export const codesPerHour = 5;
/** And in a day. */
export const codesPerDay = 20;

/** Six digits however they were typed. */
export const readCode = (text: string): string | undefined => {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
};
