import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Row } from './dynamodb.ts';

export interface Table {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly table: string;
}

/** Every row a Query finds; DynamoDB hands over 1 MB at a time. */
export const queryAll = async (
  { client, table }: Table,
  input: Omit<QueryCommandInput, 'TableName'>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ ...input, TableName: table, ExclusiveStartKey: start }),
    );
    rows.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return rows;
};
