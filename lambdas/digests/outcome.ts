import * as z from 'zod/mini';
import type { NoticeOutcome } from '../domain/notice.ts';
import type { CaseNotices, ToldOf } from '../storage/case-notices.ts';

export interface OutcomeDependencies {
  readonly toldOf: (owner: string, hour: string) => Promise<ToldOf>;
  readonly notices: CaseNotices;
}

/** What SES says of an e-mail, by its own words. https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html */
const outcomes: Readonly<Record<string, NoticeOutcome>> = {
  Delivery: 'delivered',
  DeliveryDelay: 'delayed',
  Bounce: 'failed',
  Reject: 'failed',
  'Rendering Failure': 'failed',
};

/** The address it went to stands in the event too: it is not read. */
const carriersEvent = z.object({
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      timestamp: z.string(),
      tags: z.optional(z.record(z.string(), z.array(z.string()))),
    }),
  }),
});

/** Names of the tags by which a digest is known again. */
export const digestTags = { owner: 'owner', hour: 'hour' } as const;

/** A tag takes letters and digits only: the hour as epoch milliseconds. */
export const hourTag = (hour: string): string => String(Date.parse(hour));

/** Writes down what became of a digest, in each case it told of. E-mails that are no digest carry no tags. */
export const noteOutcome = async (
  event: unknown,
  { toldOf, notices }: OutcomeDependencies,
): Promise<{ readonly noted: number }> => {
  const { eventType, mail } = carriersEvent.parse(event).detail;
  const outcome = outcomes[eventType];
  const [owner] = mail.tags?.[digestTags.owner] ?? [];
  const [hour] = mail.tags?.[digestTags.hour] ?? [];
  if (!outcome || !owner || !hour) return { noted: 0 };
  const told = await toldOf(owner, new Date(Number(hour)).toISOString());
  await notices.note(told, { at: Date.parse(mail.timestamp), channel: 'email', outcome });
  return { noted: told.cases.length };
};
