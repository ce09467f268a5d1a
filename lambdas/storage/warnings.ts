import { DeleteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { contactFields } from '../domain/contact.ts';
import type { Warning } from '../domain/contact-change.ts';
import { languages } from '../domain/language.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';

/** All that is known of one whose address cannot be read. */
export type Unreadable = Pick<Warning, 'id' | 'at'> & { readonly address?: never };

/**
 * What is owed to addresses that are used no more. Written down with the change itself (`profiles.ts`), sealed, and
 * without the folder it was of: it outlives a deletion by somebody who had no right to one.
 */
export interface Warnings {
  /**
   * Those nobody has been sending for ten minutes, the first owed first; each for one asker only. One that cannot be read
   * must not hold back the others.
   */
  due(now: EpochMs): AsyncIterable<Warning | Unreadable>;
  /** It has been told, or never will be. */
  settle(warning: Pick<Warning, 'id'>): Promise<void>;
}

/** Milliseconds after which whoever was sending it has died, or could not. */
const untilNextTry = 10 * 60 * 1000;

const pk = 'WARNINGS';
const context = (id: string): string => `warning|${id}`;

/** For the transaction that changes the address; taken by whoever writes it. */
export const warningRow = async ({ id, at, ...secret }: Warning, sealer: Sealer) => ({
  ...{ pk, sk: id, at, takenAt: at },
  sealed: await sealer.seal(JSON.stringify(secret), context(id)),
});

/** When it was owed first: for ever ago where not even that can be read. */
const plain = z.looseObject({ sk: z.string(), at: z.catch(z.number(), 0) });
const row = z.object({ takenAt: z.number(), sealed: z.instanceof(Uint8Array) });
const secret = z.object({
  field: z.enum(contactFields),
  address: z.string(),
  language: z.enum(languages),
});

type Ground = Table & { readonly client: Pick<DynamoDBDocumentClient, 'send'>; readonly sealer: Sealer };

export const warnings = ({ client, table, sealer }: Ground): Warnings => {
  const take = (sk: string, takenAt: EpochMs, now: EpochMs): Promise<boolean> => {
    const update = new UpdateCommand({
      TableName: table,
      Key: { pk, sk },
      UpdateExpression: 'SET takenAt = :now',
      ConditionExpression: 'takenAt = :before',
      ExpressionAttributeValues: { ':before': takenAt, ':now': now },
    });
    return writeUnlessChanged(() => client.send(update));
  };

  const open = async (id: string, sealed: Uint8Array) => {
    try {
      return secret.parse(JSON.parse(await sealer.open(sealed, context(id))));
    } catch {
      return {};
    }
  };

  return {
    async *due(now) {
      const found = await queryAll(
        { client, table },
        { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } },
      );
      const rows = found.map(one => plain.parse(one)).sort((one, other) => one.at - other.at);
      for (const { sk: id, at, ...rest } of rows) {
        const { data } = row.safeParse(rest);
        if (!data) yield { id, at };
        else if (data.takenAt + untilNextTry <= now && (await take(id, data.takenAt, now)))
          yield { id, at, ...(await open(id, data.sealed)) };
      }
    },
    settle: async ({ id }) => {
      await client.send(new DeleteCommand({ TableName: table, Key: { pk, sk: id } }));
    },
  };
};
