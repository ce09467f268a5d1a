import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../domain/case.ts';
import { draftDays, expiryDay } from '../domain/draft.ts';
import { openDraft, readDraft } from './draft-rows.ts';
import type { Row } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';

export interface LiveDraft {
  readonly formVersion: string;
  /** Personal: for counting in memory, never to be kept, logged or answered. */
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Drafts of everybody, for who publishes a new version of their form. */
export interface LiveDrafts {
  of(form: string, now: EpochMs): AsyncIterable<LiveDraft>;
}

const byExpiry = 'ByExpiry';
const dayMs = 24 * 60 * 60 * 1000;
/** Rows read at a time. */
const together = 20;

/** Every day on which a draft that is alive now can go. */
const daysAhead = (now: EpochMs): readonly string[] =>
  Array.from({ length: draftDays + 2 }, (_, day) => expiryDay(now + day * dayMs));

const nameOf = ({ pk, sk }: Row) => ({
  owner: String(pk).slice('OWNER#'.length),
  id: String(sk).slice('DRAFT#'.length),
});

/**
 * The index tells which drafts there are by the day they go, and nothing of them; so each is asked which form it is of,
 * and only this form's are opened.
 */
export const liveDrafts = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): LiveDrafts => {
  const keysOn = (day: string) =>
    queryAll(
      { client, table },
      {
        IndexName: byExpiry,
        KeyConditionExpression: 'expiryDay = :day',
        ExpressionAttributeValues: { ':day': day },
      },
    );

  const read = async ({ pk, sk }: Row): Promise<Row | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }),
    );
    return Item;
  };

  return {
    async *of(form, now) {
      for (const day of daysAhead(now)) {
        const keys = (await keysOn(day)).filter(({ sk }) => String(sk).startsWith('DRAFT#'));
        for (let at = 0; at < keys.length; at += together) {
          for (const item of await Promise.all(keys.slice(at, at + together).map(read))) {
            const header = readDraft(item, now);
            if (!item || header?.form !== form) continue;
            const { answers } = await openDraft(sealer, nameOf(item), item);
            yield { formVersion: header.formVersion, answers };
          }
        }
      }
    },
  };
};
