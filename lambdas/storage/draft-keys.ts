import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { OwnerId } from '../domain/case.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import type { Table } from './query.ts';
import type { Sealer } from './sealing.ts';

/**
 * What a browser encrypts with what it has not yet saved: a key of the folder's own, handed to whoever is signed in to
 * it and to nobody else. A device keeps the ciphertext only, so without a session there is nothing to read on it (R3.6).
 */
export interface DraftKeys {
  /** 256 random bits, base64; the same ones every time. */
  of(owner: OwnerId): Promise<string>;
}

const row = z.object({ sealed: z.instanceof(Uint8Array) });
const keyOf = (owner: OwnerId) => ({ pk: `OWNER#${owner}`, sk: 'DRAFT-KEY' });
const context = (owner: OwnerId): string => `draft-key|${owner}`;

export const draftKeys = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): DraftKeys => {
  const read = async (owner: OwnerId): Promise<string | undefined> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(owner), ConsistentRead: true }),
    );
    return Item && sealer.open(row.parse(Item).sealed, context(owner));
  };
  const make = async (owner: OwnerId): Promise<string> => {
    const key = randomBytes(32).toString('base64');
    const Item = { ...keyOf(owner), sealed: await sealer.seal(key, context(owner)) };
    const put = new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' });
    const isFirst = await writeUnlessChanged(() => client.send(put));
    return isFirst ? key : ((await read(owner)) ?? key);
  };
  return { of: async owner => (await read(owner)) ?? make(owner) };
};
