import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { ownerKey } from './case-keys.ts';
import { queryAll, type Table } from './query.ts';
import type { Write } from './transaction.ts';

/** That somebody has sent a consent form, and when (R6.8). What it said is nowhere here: such forms are never stored. */
export interface Consents {
  /** When it was sent last; undefined where never. Read consistently. */
  given(owner: OwnerId, form: string): Promise<EpochMs | undefined>;
  /** Of every form. */
  all(owner: OwnerId): Promise<readonly { readonly form: string; readonly at: EpochMs }[]>;
}

const consentKey = (owner: OwnerId, form: string) => ({ pk: ownerKey(owner), sk: `CONSENT#${form}` });
const row = z.object({ at: z.number() });

/** In the transaction that sends the form: there is no consent without its form, nor a form without its consent. */
export const writeConsent = (table: string, owner: OwnerId, form: string, at: EpochMs): Write => ({
  Put: { TableName: table, Item: { ...consentKey(owner, form), at } },
});

export const consents = ({ client, table }: Table): Consents => ({
  given: async (owner, form) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: consentKey(owner, form), ConsistentRead: true }),
    );
    return Item && row.parse(Item).at;
  },
  all: async owner => {
    const rows = await queryAll(
      { client, table },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :consents)',
        ExpressionAttributeValues: { ':pk': ownerKey(owner), ':consents': 'CONSENT#' },
      },
    );
    return rows.map(one => ({ form: String(one.sk).slice('CONSENT#'.length), at: row.parse(one).at }));
  },
});
