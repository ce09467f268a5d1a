import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { custodyBook } from './custody.ts';
import { writeUnlessChanged } from './dynamodb.ts';
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

  /** What finds a person may be another's by now: of the same human being, registered anew. */
  const eraseRow = ({ table, key, leadsTo }: Holding) =>
    client.send(
      new DeleteCommand({
        ...{ TableName: tables[table], Key: key },
        ...(leadsTo !== undefined && {
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': leadsTo },
        }),
      }),
    );

  return {
    erase: async holdings => {
      for (const holding of holdings)
        if (holding.file) await eraseFile(holding.file);
        else await writeUnlessChanged(() => eraseRow(holding));
    },
  };
};
