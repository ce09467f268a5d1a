import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { absoluteMs } from '../domain/session.ts';
import { ownerKey } from './case-keys.ts';
import { epochSeconds, whenConditionFails } from './dynamodb.ts';
import type { Table } from './query.ts';
import type { Write } from './transaction.ts';

/**
 * That a person's data has been deleted, and when: whoever signed in before sends nothing any more, however long ago the
 * request was let in. Longer than any session lasts.
 */
export const markSort = 'DELETED';
const markKey = (owner: OwnerId) => ({ pk: ownerKey(owner), sk: markSort });
const markMs = 2 * absoluteMs;

/** All that a mark has: who makes it may write nothing else there. */
export const markAttributes = ['pk', 'sk', 'at', 'expiresAt'] as const;

export const markDeleted =
  ({ client, table }: Table & { readonly client: Pick<DynamoDBDocumentClient, 'send'> }) =>
  async (owner: OwnerId, at: EpochMs): Promise<void> => {
    const Item = { ...markKey(owner), at, expiresAt: epochSeconds(at + markMs) };
    const mark = () => client.send(new PutCommand({ TableName: table, Item }));
    // What is just being sent looks at it.
    await whenConditionFails(mark, () => ({ kind: 'conflict' }));
  };

/** For a transaction that must not follow a deletion. */
export const notDeletedSince = (TableName: string, owner: OwnerId, signedInAt: EpochMs): Write => ({
  ConditionCheck: {
    TableName,
    Key: markKey(owner),
    ConditionExpression: 'attribute_not_exists(pk) OR #at < :since',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':since': signedInAt },
  },
});
