import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { EventBus } from '../event-bus.ts';
import type { DeliveredMessage } from './message.ts';
import { answerJson, type Engine, type Handle, listen, readBody } from './server.ts';

export interface EmailOptions {
  /** Verified identities: whole addresses, or domains written `@example.fi`. */
  readonly allowedFrom: readonly string[];
  /** Epoch ms. */
  readonly now: () => number;
  /** Told what became of each e-mail, as SES tells EventBridge where a configuration set asks for it. */
  readonly announce?: EventBus['put'];
  readonly port?: number;
}

export interface EmailMessage extends DeliveredMessage {
  readonly channel: 'email';
  readonly subject: string;
  readonly from: string;
}

export interface Email extends Engine {
  /** Oldest first. */
  messages(): readonly EmailMessage[];
}

/** CommonJS whose default export Node would hand over as a property; typed, it is one function. */
const { default: ses } = createRequire(import.meta.url)(
  'aws-ses-v2-local',
) as typeof import('aws-ses-v2-local');

/** The part of a SendEmail call that is checked; the rest is the engine's to understand. */
interface SendEmail {
  readonly FromEmailAddress?: string;
  readonly EmailTags?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
}

/** `Asiointi <asiointi@example.fi>` → `asiointi@example.fi` */
const bare = (address: string): string => /<([^<>]*)>\s*$/.exec(address)?.[1] ?? address.trim();

const wellFormed = (address: string): boolean =>
  address.length <= 320 &&
  !/[\r\n]/.test(address) &&
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(bare(address));

const verified = (from: string, allowed: readonly string[]): boolean => {
  const address = bare(from).toLowerCase();
  return allowed.some(one =>
    one.startsWith('@') ? address.endsWith(one.toLowerCase()) : address === one.toLowerCase(),
  );
};

interface Fault {
  readonly name: string;
  readonly message: string;
}

/** What SES would refuse and the engine behind would not. The message names no recipient. */
const fault = (call: SendEmail, allowedFrom: readonly string[]): Fault | undefined => {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = call.Destination ?? {};
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  if (!wellFormed(call.FromEmailAddress ?? ''))
    return { name: 'BadRequestException', message: 'Missing or bad From' };
  if (recipients.length === 0 || recipients.length > 50 || !recipients.every(wellFormed)) {
    return { name: 'BadRequestException', message: 'Illegal address' };
  }
  if (verified(call.FromEmailAddress ?? '', allowedFrom)) return undefined;
  return {
    name: 'MessageRejected',
    message: 'Email address is not verified: the sender is not an identity here.',
  };
};

/** Addresses of SES's own mailbox simulator, and what becomes of mail to them. */
const simulated: Readonly<Record<string, readonly [string, string, object]>> = {
  'bounce@simulator.amazonses.com': ['Email Bounced', 'Bounce', { bounce: { bounceType: 'Permanent' } }],
};

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const outcomeOf = ({ Destination, EmailTags = [] }: SendEmail, messageId: string, at: number) => {
  const to = Destination?.ToAddresses ?? [];
  const [type, eventType, more] = simulated[bare(to[0] ?? '')] ?? [
    'Email Delivered',
    'Delivery',
    { delivery: { timestamp: new Date(at).toISOString() } },
  ];
  const tags = Object.fromEntries(EmailTags.map(({ Name, Value }) => [Name, [Value]]));
  const mail = { timestamp: new Date(at).toISOString(), messageId, destination: to, tags };
  return { source: 'aws.ses', 'detail-type': type, resources: [], detail: { eventType, mail, ...more } };
};

interface StoredEmail {
  readonly messageId: string;
  readonly from: string;
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly text?: string; readonly html?: string };
}

/** `aws-ses-v2-local` behind a front that checks sender and recipients, which it does not. */
export const startEmail = async ({ allowedFrom, now, announce, port }: EmailOptions): Promise<Email> => {
  const engine = await ses({ host: '127.0.0.1', port: 0 });
  const behind = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const messages: EmailMessage[] = [];

  /** The engine's store is shared by all of its kind in a process: only what passed here counts. */
  const record = async (messageId: string, since: number): Promise<void> => {
    const { emails } = (await (await fetch(`${behind}/store?since=${since}`)).json()) as {
      emails: StoredEmail[];
    };
    const email = emails.find(one => one.messageId === messageId);
    if (!email) return;
    const { from, subject, body, destination } = email;
    const at = new Date(now()).toISOString();
    messages.push({
      channel: 'email',
      to: destination.to.join(', '),
      from,
      subject,
      text: body.text ?? body.html ?? '',
      at,
    });
  };

  const handle: Handle = async (request, response) => {
    const body = await readBody(request);
    const sending = request.method === 'POST' && request.url === '/v2/email/outbound-emails';
    const wrong = sending ? fault(JSON.parse(body.toString('utf8')) as SendEmail, allowedFrom) : undefined;
    if (wrong)
      return answerJson(response, 400, { message: wrong.message }, { 'x-amzn-errortype': wrong.name });
    // A look at the newest only, or a thousand messages would be read a thousand times.
    const since = Math.floor(Date.now() / 1000) - 1;
    const { authorization = '' } = request.headers;
    const answer = await fetch(`${behind}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const result = (await answer.json().catch(() => ({}))) as { MessageId?: string };
    if (sending && answer.ok && result.MessageId) {
      await record(result.MessageId, since);
      announce?.(outcomeOf(JSON.parse(body.toString('utf8')) as SendEmail, result.MessageId, now()));
    }
    const name = answer.ok ? {} : { 'x-amzn-errortype': 'BadRequestException' };
    answerJson(response, answer.status, result, name);
  };

  const front = await listen(handle, { port });
  const close = async (): Promise<void> => {
    await front.close();
    await new Promise(resolve => {
      engine.close(resolve);
      engine.closeAllConnections();
    });
  };
  return { url: front.url, close, messages: () => messages };
};
