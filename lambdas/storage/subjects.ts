import { createHash } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { OwnerId } from '../domain/case.ts';
import { ownerKey } from './case-keys.ts';
import type { Table } from './query.ts';
import { isRegistered } from './registration.ts';
import { transact } from './transaction.ts';

/** The issuer's lasting name for a person, as it is kept: the table by itself does not tell who somebody is elsewhere. */
export const subjectKeyOf = (issuer: string, subject: string): string =>
  createHash('sha256').update(`${issuer}|sub|${subject}`).digest('hex');

/** Whose folder a subject's is, and what the folder is found by. */
export interface KnownSubject {
  readonly owner: OwnerId;
  readonly identityKey: string;
}

/** By which name the city's other systems know the person of a folder: they ask by that one (`lambdas/gdpr/`). */
export interface Subjects {
  /** Of the newest identification; nothing where nobody is registered there any more. */
  know(subjectKey: string, known: KnownSubject): Promise<void>;
  find(subjectKey: string): Promise<KnownSubject | undefined>;
}

const row = z.object({ owner: z.string(), identityKey: z.string() });
export const subjectPrefix = 'SUBJECT#';
export const subjectPk = (subjectKey: string): string => subjectPrefix + subjectKey;
export const subjectSort = 'SUBJECT';

export const subjects = ({ client, table: TableName }: Table): Subjects => {
  const find: Subjects['find'] = async subjectKey => {
    const Key = { pk: subjectPk(subjectKey), sk: subjectSort };
    const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && row.parse(Item);
  };
  return {
    find,
    know: async (subjectKey, { owner, identityKey }) => {
      if ((await find(subjectKey))?.owner === owner) return;
      // Beside the profile too: the issuer may name a person anew, and all of their names go with them.
      const listed = { pk: ownerKey(owner), sk: subjectPk(subjectKey), owner };
      const put = {
        TableName,
        Item: { pk: subjectPk(subjectKey), sk: subjectSort, owner, identityKey },
        ConditionExpression: 'attribute_not_exists(pk) OR #owner <> :owner',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner },
      };
      await transact(client, [
        { Put: { TableName, Item: listed } },
        { Put: put },
        isRegistered(TableName, owner),
      ]);
    },
  };
};
