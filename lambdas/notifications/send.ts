import type { SESv2Client } from '@aws-sdk/client-sesv2';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Delivery } from '../domain/digest.ts';
import type { Letter } from './letter.ts';
import { mailbox } from './mailbox.ts';

/** Where somebody is told: the channel they chose, or the other one where the chosen has no address. */
export type Recipient =
  | { readonly channel: 'email'; readonly address: string }
  | { readonly channel: 'sms'; readonly number: string };

/** Names and values of letters, digits, `-` and `_`, by which an e-mail is known again when its carrier tells of it. */
export type EmailTags = Readonly<Record<string, string>>;

/** Sends once. Never throws: an answer that did not come is `unknown`. */
export type Notify = (recipient: Recipient, texts: Letter, tags?: EmailTags) => Promise<Delivery>;

/** Errors before anything left this machine. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CredentialsProviderError',
]);

const isBusy = ({ name }: Error, status: number): boolean =>
  status === 429 || /throttl|too ?many|limit ?exceeded|paused/i.test(name);

/**
 * What an error says about the message. A plain "no" (4xx) is one; everything after the request may have left, a
 * server's own failure included, leaves open whether the message went out.
 */
export const deliveryAfter = (error: unknown): Exclude<Delivery, 'sent'> => {
  if (!(error instanceof Error)) return 'unknown';
  const { code, $metadata } = error as { code?: string; $metadata?: { httpStatusCode?: number } };
  if (neverSent.has(code ?? '') || neverSent.has(error.name)) return 'failed';
  const status = $metadata?.httpStatusCode ?? 0;
  if (status < 400 || status >= 500) return 'unknown';
  return isBusy(error, status) ? 'failed' : 'refused';
};

export interface Senders {
  /** Both with `maxAttempts: 1`: a blind second try could be a second message. */
  readonly ses: Pick<SESv2Client, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly emailFrom: string;
  readonly smsSenderId: string;
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

export const notifier = ({ ses, sns, emailFrom, smsSenderId }: Senders): Notify => {
  const email = (
    address: string,
    { sender, subject, text, html }: Letter['email'],
    tags: EmailTags,
  ): Promise<unknown> =>
    ses.send(
      new SendEmailCommand({
        FromEmailAddress: mailbox(sender, emailFrom),
        Destination: { ToAddresses: [address] },
        Content: {
          Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
        },
        ...(Object.keys(tags).length > 0 && {
          EmailTags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        }),
      }),
    );
  const sms = (PhoneNumber: string, Message: string): Promise<unknown> =>
    sns.send(
      new PublishCommand({
        PhoneNumber,
        Message,
        MessageAttributes: {
          'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: smsSenderId },
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
    );
  return async (recipient, texts, tags = {}) => {
    try {
      await (recipient.channel === 'email'
        ? email(recipient.address, texts.email, tags)
        : sms(recipient.number, texts.sms));
      return 'sent';
    } catch (error) {
      return deliveryAfter(error);
    }
  };
};
