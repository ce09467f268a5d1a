import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { type Notify, notifier, type Senders } from './send.ts';

/** Milliseconds. No answer in time is none: whoever waits behind it goes on. */
export interface Patience {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

/** Where a person waits for the answer. */
export const whilePeopleWait: Patience = { connectionTimeout: 1_000, requestTimeout: 4_000 };
/** Where many are sent one after another. */
export const inTheBackground: Patience = { connectionTimeout: 2_000, requestTimeout: 10_000 };

/** A message is sent once or not at all; a blind second try could be a second message. */
export const senders = (from: Omit<Senders, 'ses' | 'sns'>, patience: Patience): Notify => {
  const once = { maxAttempts: 1, requestHandler: { ...patience, throwOnRequestTimeout: true } };
  return notifier({ ses: new SESv2Client(once), sns: new SNSClient(once), ...from });
};
