import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { type Notify, notifier, type Senders } from './send.ts';

/** A message is sent once or not at all; a blind second try could be a second message. People wait for the answer. */
const once = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
};

export const senders = (from: Omit<Senders, 'ses' | 'sns'>): Notify =>
  notifier({ ses: new SESv2Client(once), sns: new SNSClient(once), ...from });
