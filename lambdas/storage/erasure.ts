import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { custodyBook } from './custody.ts';
import type { Holding, HoldingTables } from './holdings.ts';
import type { Uploads } from './uploads.ts';

/** Deletes rows, and the bytes of files that no case has. */
export interface Erasure {
  /** In their order. What is gone already is no error, so it can be done again. */
  erase(holdings: readonly Holding[]): Promise<void>;
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

  return {
    erase: async holdings => {
      for (const { table, key, file } of holdings)
        if (file) await eraseFile(file);
        else await client.send(new DeleteCommand({ TableName: tables[table], Key: key }));
    },
  };
};
