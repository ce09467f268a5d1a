import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { custodyBook } from './custody.ts';
import { markDeleted } from './deletion-marks.ts';
import { whenConditionFails } from './dynamodb.ts';
import type { Holding, HoldingTables } from './holdings.ts';
import { profileKey } from './registration.ts';
import { transact } from './transaction.ts';
import type { Uploads } from './uploads.ts';

/** Deletes rows, and the bytes of files that no case has. */
export interface Erasure {
  /** In their order. What is gone already is no error, so it can be done again. */
  erase(holdings: readonly Holding[]): Promise<void>;
  /** From now on nothing is sent by whoever signed in before. */
  close(owner: OwnerId, at: EpochMs): Promise<void>;
}

export const erasure = (
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tables: HoldingTables,
  uploads: Pick<Uploads, 'remove'>,
): Erasure => {
  const custody = custodyBook({ client, table: tables.attachments });

  /** One that was sent with its case meanwhile stays with it. */
  const eraseFile = async (file: NonNullable<Holding['file']>): Promise<void> => {
    if (!(await custody.abandon(file))) return;
    await uploads.remove({ owner: file.owner, id: file.draft }, file.id);
    await custody.forget(file);
  };

  const eraseRow = async ({ table, key }: Holding): Promise<void> => {
    await client.send(new DeleteCommand({ TableName: tables[table], Key: key }));
  };

  /** It may lead elsewhere by now, or to a profile again: of the same human being, registered anew. */
  const eraseLookUp = async ({ table, key }: Holding, owner: OwnerId): Promise<void> => {
    const TableName = tables[table];
    await transact(client, [
      {
        Delete: {
          ...{ TableName, Key: key, ConditionExpression: '#owner = :owner' },
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': owner },
        },
      },
      {
        ConditionCheck: {
          ...{ TableName, Key: profileKey(owner), ConditionExpression: 'attribute_not_exists(pk)' },
        },
      },
    ]);
  };

  const eraseOne = async (holding: Holding): Promise<void> => {
    if (holding.file) await eraseFile(holding.file);
    else if (holding.leadsTo !== undefined) await eraseLookUp(holding, holding.leadsTo);
    else await eraseRow(holding);
  };

  return {
    erase: async holdings => {
      // A row may be in what is just being sent: it is tried again.
      for (const holding of holdings)
        await whenConditionFails(
          () => eraseOne(holding),
          () => ({ kind: 'conflict' }),
        );
    },
    close: markDeleted({ client, table: tables.cases }),
  };
};
