/** Contact details as a person types them (R4.1, R4.3): judged here so that nobody waits for the server's no. */
import { toEmail, toMobileNumber } from '../../../lambdas/domain/contact.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import type { Channel, ProfileAnswer, ProfileRequest } from '../../../lambdas/http/wire.ts';

export interface Contact {
  readonly email: string;
  readonly phone: string;
  readonly channel: Channel;
  readonly language: Language;
}

export type ContactField = 'email' | 'phone';
export type ContactCode = 'missing' | 'invalid' | 'neededByChannel';
export type ContactErrors = Readonly<Partial<Record<ContactField, ContactCode>>>;

export const contactOf = (profile: ProfileAnswer, language: Language): Contact => ({
  email: profile.email ?? '',
  phone: profile.phone ?? '',
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
