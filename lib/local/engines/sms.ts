import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DeliveredMessage } from './message.ts';
import { type Engine, listen, readBody } from './server.ts';
import { answerXml } from './xml.ts';

export interface SmsOptions {
  /** Epoch ms. */
  readonly now: () => number;
  readonly port?: number;
}

export interface SmsMessage extends DeliveredMessage {
  readonly channel: 'sms';
  /** What the receiver sees as the sender. */
  readonly senderId?: string;
}

export interface Sms extends Engine {
  /** Oldest first. */
  messages(): readonly SmsMessage[];
}

/** Query protocol: `MessageAttributes.entry.1.Name=…`, `MessageAttributes.entry.1.Value.StringValue=…`. */
const attribute = (form: URLSearchParams, name: string): string | undefined => {
  for (const [key, value] of form) {
    const prefix = /^(MessageAttributes\.entry\.\d+\.)Name$/.exec(key)?.[1];
    if (prefix && value === name) return form.get(`${prefix}Value.StringValue`) ?? undefined;
  }
  return undefined;
};

/** Why SNS would not take it, undefined when it would. */
const fault = (form: URLSearchParams): string | undefined => {
  if (form.get('Action') !== 'Publish') return 'only Publish is supported here';
  if (form.has('TopicArn') || form.has('TargetArn')) return 'only a PhoneNumber can be the target here';
  if (!/^\+[1-9]\d{4,14}$/.test(form.get('PhoneNumber') ?? ''))
    return 'PhoneNumber Reason: not in E.164 format';
  const text = form.get('Message') ?? '';
  if (text === '') return 'Empty message';
  if (Buffer.byteLength(text) > 1600) return 'Message too long';
  const senderId = attribute(form, 'AWS.SNS.SMS.SenderID');
  if (senderId !== undefined && !/^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/.test(senderId))
    return 'SenderID is not valid';
  return undefined;
};

const refuse = (response: ServerResponse, message: string): void =>
  answerXml(response, 400, {
    ErrorResponse: {
      Error: { Type: 'Sender', Code: 'InvalidParameter', Message: `Invalid parameter: ${message}` },
      RequestId: randomUUID(),
    },
  });

/** SNS's Publish to a phone number: nothing is sent, what would be is kept until the portal stops. */
export const startSms = async ({ now, port }: SmsOptions): Promise<Sms> => {
  const messages: SmsMessage[] = [];
  const engine = await listen(
    async (request, response) => {
      const form = new URLSearchParams((await readBody(request)).toString('utf8'));
      const wrong = fault(form);
      if (wrong !== undefined) return refuse(response, wrong);
      const senderId = attribute(form, 'AWS.SNS.SMS.SenderID');
      messages.push({
        channel: 'sms',
        to: form.get('PhoneNumber') ?? '',
        text: form.get('Message') ?? '',
        at: new Date(now()).toISOString(),
        ...(senderId === undefined ? {} : { senderId }),
      });
      answerXml(response, 200, {
        PublishResponse: {
          PublishResult: { MessageId: randomUUID() },
          ResponseMetadata: { RequestId: randomUUID() },
        },
      });
    },
    { port },
  );
  return { ...engine, messages: () => messages };
};
