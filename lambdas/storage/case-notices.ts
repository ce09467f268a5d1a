import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseNumber, OwnerId } from '../domain/case.ts';
import { type Notice, noticeOutcomes, outcomesBefore } from '../domain/notice.ts';
import { caseKey, noticeSort } from './case-keys.ts';
import { whenConditionFails } from './dynamodb.ts';
import type { Table } from './query.ts';

/** One digest: whose, of which hour, and the cases it told of. */
export interface ToldOf {
  readonly owner: OwnerId;
  /** ISO 8601. */
  readonly hour: string;
  readonly cases: readonly CaseNumber[];
}

/** What each case shows of the e-mails and text messages sent about it. */
export interface CaseNotices {
  /** Written in any order and as often as it comes: what is known already is never made less. */
  note(told: ToldOf, notice: Notice): Promise<void>;
}

/** All that a row of a notice has: who writes them may touch nothing else of a case. */
export const noticeAttributes = ['pk', 'sk', 'outcome', 'channel', 'toldAt'] as const;

/** Rows written at a time: a digest of a large organisation tells of hundreds. */
const atOnce = 20;

export const caseNotices = ({ client, table }: Table): CaseNotices => {
  const write = async (
    { owner, hour }: ToldOf,
    caseNumber: CaseNumber,
    { at, channel, outcome }: Notice,
  ): Promise<void> => {
    const before = outcomesBefore(outcome);
    const known = before.map((_, index) => `:before${index}`).join(', ');
    const update = new UpdateCommand({
      TableName: table,
      Key: { pk: caseKey(owner, caseNumber), sk: noticeSort(hour) },
      UpdateExpression: 'SET outcome = :outcome, channel = :channel, toldAt = if_not_exists(toldAt, :at)',
      ConditionExpression: `attribute_not_exists(outcome)${before.length > 0 ? ` OR outcome IN (${known})` : ''}`,
      ExpressionAttributeValues: {
        ':outcome': outcome,
        ':channel': channel,
        ':at': at,
        ...Object.fromEntries(before.map((one, index) => [`:before${index}`, one])),
      },
    });
    let isKnown = false;
    const noted = () => {
      isKnown = true;
      return { kind: 'conflict' } as const;
    };
    await whenConditionFails(() => client.send(update), noted).catch((error: unknown) => {
      if (!isKnown) throw error;
    });
  };

  return {
    note: async (told, notice) => {
      for (let start = 0; start < told.cases.length; start += atOnce)
        await Promise.all(
          told.cases.slice(start, start + atOnce).map(caseNumber => write(told, caseNumber, notice)),
        );
    },
  };
};

const sentRow = z.object({ cases: z.optional(z.instanceof(Set<string>)) });

/** The cases a digest told of; none where it is not known any more. */
export const toldOf =
  ({ client, table }: Table) =>
  async (owner: OwnerId, hour: string): Promise<ToldOf> => {
    const Key = { pk: `SENT#${owner}`, sk: hour };
    const { Item = {} } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return { owner, hour, cases: [...(sentRow.parse(Item).cases ?? [])] };
  };

const noticeRow = z.object({
  toldAt: z.number(),
  channel: z.enum(['email', 'sms']),
  outcome: z.enum(noticeOutcomes),
});

export const readNotice = (row: unknown): Notice => {
  const { toldAt: at, ...notice } = noticeRow.parse(row);
  return { at, ...notice };
};
