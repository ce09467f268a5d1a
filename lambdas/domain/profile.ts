import { consentVersion } from '../../web/content/consent/version.ts';
import type { EpochMs, OwnerId } from './case.ts';
import { type ContactField, toEmail, toMobileNumber } from './contact.ts';
import type { Language } from './language.ts';
import type { FieldError } from './refusal.ts';
import type { Identity } from './session.ts';

export type Channel = 'email' | 'sms';

/** How and in which language somebody is told that there is news (R4.1, R9.3). At least one address is there. */
export interface Contact {
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly channel: Channel;
  readonly language: Language;
}

/** What was agreed to, in which language it was read, and when (R4.1). */
export interface Consent {
  readonly version: string;
  readonly language: Language;
  readonly at: EpochMs;
}

/** Whether this person has agreed to the wording in force; else they are asked again before anything else. */
export const hasConsented = ({ consent }: Pick<Profile, 'consent'>): boolean =>
  consent.version === consentVersion;

/** Names and codes come from the state's registers and cannot be edited (R4.2). */
export type Registered =
  | { readonly kind: 'person'; readonly name: string; readonly identityCode?: string }
  | { readonly kind: 'organisation'; readonly name: string; readonly businessId: string };

export type Profile = Registered &
  Contact & {
    readonly owner: OwnerId;
    readonly consent: Consent;
    /** When a code that was sent to the address in use came back. */
    readonly confirmed?: Partial<Record<ContactField, EpochMs>>;
    /** Given since and used only once confirmed: until then the address in use stays. */
    readonly wanted?: Partial<Record<ContactField, string>>;
    /** Taken away by its owner, but used until what is wanted in its place is confirmed. */
    readonly leaving?: ContactField;
    /** 1 at registration; every change adds one. */
    readonly revision: number;
  };

/** Whose folder an identification opens. */
export const registeredAs = ({ name, identityCode, organisation }: Identity): Registered =>
  organisation
    ? { kind: 'organisation', ...organisation }
    : { kind: 'person', name, ...(identityCode !== undefined && { identityCode }) };

type Given = Omit<Contact, 'email' | 'phone'> & {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
};

const written = (text: string | undefined): string | undefined => (text?.trim() ? text : undefined);

const wrong = (pointer: string, text: string | undefined, read: string | undefined): FieldError[] =>
  text !== undefined && read === undefined ? [{ pointer, code: 'format' }] : [];

/** The contact details as they will be kept, or what is wrong with them: `format`, or `required` of the chosen channel. */
export const toContact = (given: Given): { contact: Contact } | { errors: FieldError[] } => {
  const [emailText, phoneText] = [written(given.email), written(given.phone)];
  const email = emailText && toEmail(emailText);
  const phone = phoneText && toMobileNumber(phoneText);
  const errors = [...wrong('/email', emailText, email), ...wrong('/phone', phoneText, phone)];
  if (given.channel === 'email' && emailText === undefined)
    errors.push({ pointer: '/email', code: 'required' });
  if (given.channel === 'sms' && phoneText === undefined)
    errors.push({ pointer: '/phone', code: 'required' });
  if (errors.length > 0) return { errors };
  const { channel, language } = given;
  return { contact: { channel, language, ...(email && { email }), ...(phone && { phone }) } };
};
