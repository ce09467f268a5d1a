import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { epochSeconds, writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';

/** Whose drafts go on which day (UTC, `2026-12-24`), and who has been told. */
export interface DraftWarnings {
  /** By index: it knows keys only, neither what the draft is of nor what is in it. */
  ownersOn(day: string): Promise<readonly OwnerId[]>;
  /** True for the one who is to tell; nobody else gets it, nor the same one twice. */
  claim(owner: OwnerId, day: string, now: EpochMs): Promise<boolean>;
  /** Surely nothing was sent: another run may try. */
  release(owner: OwnerId, day: string): Promise<void>;
}

const byExpiry = 'ByExpiry';
/** The mark is of use until the draft is gone. */
const markDays = 14;

const markKey = (owner: OwnerId, day: string) => ({ pk: `OWNER#${owner}`, sk: `WARNED#${day}` });

export const draftWarnings = ({ client, table }: Table): DraftWarnings => ({
  ownersOn: async day => {
    const rows = await queryAll(
      { client, table },
      {
        IndexName: byExpiry,
        KeyConditionExpression: 'expiryDay = :day',
        ExpressionAttributeValues: { ':day': day },
      },
    );
    return [...new Set(rows.map(({ pk }) => String(pk).slice('OWNER#'.length)))];
  },
  claim: (owner, day, now) => {
    const expiresAt = epochSeconds(now + markDays * 24 * 60 * 60 * 1000);
    // By whom: the SDK sends a call again whose answer was lost, and must find its own claim to be its own.
    const by = randomUUID();
    return writeUnlessChanged(() =>
      client.send(
        new PutCommand({
          TableName: table,
          Item: { ...markKey(owner, day), by, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk) OR #by = :by',
          ExpressionAttributeNames: { '#by': 'by' },
          ExpressionAttributeValues: { ':by': by },
        }),
      ),
    );
  },
  release: async (owner, day) => {
    await client.send(new DeleteCommand({ TableName: table, Key: markKey(owner, day) }));
  },
});
