/**
 * DynamoDB's removal of expired items, by the moved clock: DynamoDB Local only knows the real one and would remove
 * what has not yet expired here. As there it comes late, so that whoever reads must look at the time too.
 */
import { DeleteItemCommand, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';

export interface ExpiringTable {
  readonly name: string;
  /** The attribute that holds epoch seconds. */
  readonly attribute: string;
  readonly keys: readonly string[];
}

/** How late items are removed after they have expired. */
const lateSeconds = 3_600;
const intervalMilliseconds = 15 * 60_000;

/** Removes what had expired by `now` (epoch milliseconds); answers how many items. */
export const removeExpired = async (
  client: DynamoDBClient,
  table: ExpiringTable,
  now: number,
): Promise<number> => {
  const before = String(Math.floor(now / 1_000) - lateSeconds);
  const expired = {
    ExpressionAttributeNames: { '#expiry': table.attribute },
    ExpressionAttributeValues: { ':before': { N: before } },
  };
  let removed = 0;
  const pages = paginateScan(
    { client },
    { TableName: table.name, FilterExpression: '#expiry < :before', ...expired },
  );
  for await (const { Items = [] } of pages)
    for (const item of Items) {
      const Key = Object.fromEntries(table.keys.flatMap(key => (item[key] ? [[key, item[key]]] : [])));
      const condition = { ConditionExpression: '#expiry < :before', ...expired };
      await client.send(new DeleteItemCommand({ TableName: table.name, Key, ...condition })).then(
        () => removed++,
        () => {}, // Renewed in the meantime.
      );
    }
  return removed;
};

export const startExpiry = (
  client: DynamoDBClient,
  tables: readonly ExpiringTable[],
  now: () => number,
): { close(): void } => {
  const sweep = async (): Promise<void> => {
    for (const table of tables) await removeExpired(client, table, now());
  };
  void sweep().catch(() => {});
  const timer = setInterval(() => void sweep().catch(() => {}), intervalMilliseconds).unref();
  return { close: () => clearInterval(timer) };
};
