/** Contact details as a person types them (R4.1, R4.3): judged here so that nobody waits for the server's no. */
import { type ContactField, toEmail, toMobileNumber } from '../../../lambdas/domain/contact.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { Channel, ProfileAnswer, ProfileRequest } from '../../../lambdas/http/wire/profile.ts';

export interface Contact {
  readonly email: string;
  readonly phone: string;
  readonly channel: Channel;
  readonly language: Language;
}

export type ContactCode = 'missing' | 'invalid' | 'neededByChannel';
export type ContactErrors = Readonly<Partial<Record<ContactField, ContactCode>>>;

/** As it was typed last: what is still to be confirmed, and without what was taken away. */
const typedLast = ({ wanted, leaving, ...profile }: ProfileAnswer, field: ContactField): string =>
  wanted?.[field] ?? (leaving === field ? '' : (profile[field] ?? ''));

export const contactOf = (profile: ProfileAnswer, language: Language): Contact => ({
  email: typedLast(profile, 'email'),
  phone: typedLast(profile, 'phone'),
  channel: profile.channel ?? 'email',
  language: profile.language ?? language,
});

const judge = (typed: string, read: string | undefined, needed: boolean): ContactCode | undefined => {
  if (typed.trim() === '') return needed ? 'neededByChannel' : undefined;
  return read === undefined ? 'invalid' : undefined;
};

/** E-mail and/or phone; what the chosen channel needs must be there. Empty when all is well. */
export const contactErrors = ({ email, phone, channel }: Contact): ContactErrors => {
  if (email.trim() === '' && phone.trim() === '') return { email: 'missing', phone: 'missing' };
  const found = {
    email: judge(email, toEmail(email), channel === 'email'),
    phone: judge(phone, toMobileNumber(phone), channel === 'sms'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, code]) => code !== undefined)) as ContactErrors;
};

const isContactField = (name: string): name is ContactField => name === 'email' || name === 'phone';

/** What the server found wrong in the same fields, in the same words. */
export const refusedFields = (errors: readonly FieldError[]): ContactErrors =>
  Object.fromEntries(
    errors
      .map(({ pointer, code }) => [pointer.slice(1), code === 'required' ? 'neededByChannel' : 'invalid'])
      .filter(([field = '']) => isContactField(field)),
  ) as ContactErrors;

/** The request's part; an empty field is left out, which takes the address away. */
export const contactRequest = ({
  email,
  phone,
  channel,
  language,
}: Contact): Omit<ProfileRequest, 'revision'> => ({
  ...(email.trim() === '' ? {} : { email: email.trim() }),
  ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
  channel,
  language,
});

/** What is saved is what was typed: a saving whose answer was lost has come about all the same. */
export const isSaved = (typed: Contact, profile: ProfileAnswer): boolean => {
  const saved = contactOf(profile, typed.language);
  return (
    (toEmail(typed.email) ?? '') === saved.email &&
    (toMobileNumber(typed.phone) ?? '') === saved.phone &&
    typed.channel === profile.channel &&
    typed.language === profile.language
  );
};

/** What takes back a new address: the one in use stays, and the other field as it was typed last. */
export const withoutWanted = (
  profile: ProfileAnswer,
  field: ContactField,
): Omit<ProfileRequest, 'revision'> => {
  const kept = { ...contactOf(profile, 'fi'), [field]: profile[field] ?? '' };
  const reachable = kept.email === '' && kept.phone === '' ? { ...kept, ...inUse(profile) } : kept;
  const channel =
    reachable[addressOf[reachable.channel]] === '' ? otherChannel[reachable.channel] : reachable.channel;
  return contactRequest({ ...reachable, channel });
};

const inUse = ({ email = '', phone = '' }: ProfileAnswer) => ({ email, phone });
const addressOf = { email: 'email', sms: 'phone' } as const satisfies Record<Channel, ContactField>;
const otherChannel = { email: 'sms', sms: 'email' } as const satisfies Record<Channel, Channel>;
