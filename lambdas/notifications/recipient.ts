import type { Address } from '../domain/contact-change.ts';
import type { Channel, Contact } from '../domain/profile.ts';
import type { Recipient } from './send.ts';

export const recipientAt = ({ field, address }: Address): Recipient =>
  field === 'email' ? { channel: 'email', address } : { channel: 'sms', number: address };

/** By the channel wanted; by the other where that one has no address. */
export const recipientOf = (
  { email, phone }: Pick<Contact, 'email' | 'phone'>,
  wanted: Channel,
): Recipient | undefined => {
  const byEmail = email ? recipientAt({ field: 'email', address: email }) : undefined;
  const bySms = phone ? recipientAt({ field: 'phone', address: phone }) : undefined;
  return wanted === 'sms' ? (bySms ?? byEmail) : (byEmail ?? bySms);
};
