import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber } from '../domain/case.ts';
import { refuse } from '../domain/refusal.ts';
import { numberKey } from './case-keys.ts';
import {
  type Delivery,
  type DeliverySummary,
  deliveriesKey,
  openDelivery,
  readDelivery,
} from './delivery-rows.ts';
import type { Sealer } from './sealing.ts';
import { transact, type Write } from './transaction.ts';

/** Forms that are never stored in a folder, until their department has them (R6.7). */
export interface Deliveries {
  /** Of one service, oldest first; `after` is the id of the last one of the page before. */
  list(service: string, after: CaseNumber | undefined, limit: number): Promise<readonly DeliverySummary[]>;
  get(service: string, id: CaseNumber): Promise<Delivery | undefined>;
  /** The department has it: gone here, its number too. Refuses `not-found`. */
  acknowledge(service: string, id: CaseNumber): Promise<void>;
}

export interface DeliveriesGround {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  /** A table of its own, of which there are no backups: what was acknowledged is nowhere. */
  readonly table: string;
  /** Where the numbers are. */
  readonly cases: string;
}

/** When each delivery was sent; no sealer, so nothing of it can be read. */
export const deliveryList =
  ({ client, table }: Omit<DeliveriesGround, 'cases'>): Deliveries['list'] =>
  async (service, after, limit) => {
    const pk = deliveriesKey(service);
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return Items.map(readDelivery);
  };

export const deliveries = ({
  client,
  table,
  cases,
  sealer,
}: DeliveriesGround & { readonly sealer: Sealer }): Deliveries => ({
  list: deliveryList({ client, table }),
  get: async (service, id) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { pk: deliveriesKey(service), sk: id }, ConsistentRead: true }),
    );
    return Item && openDelivery(sealer, Item);
  },
  acknowledge: async (service, id) => {
    const gone = (TableName: string, Key: { pk: string; sk: string }): Write => ({
      Delete: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' },
    });
    const outcome = await transact(client, [
      gone(table, { pk: deliveriesKey(service), sk: id }),
      gone(cases, numberKey(id)),
    ]);
    if (outcome) refuse({ kind: 'not-found' });
  },
});
