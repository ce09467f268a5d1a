import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseNumber, EpochMs } from '../domain/case.ts';
import { type CasePrefix, formatCaseNumber } from '../domain/case-number.ts';
import { finnishYear } from '../domain/finnish-time.ts';
import { numberKey } from './case-keys.ts';
import { queryAll, type Table } from './query.ts';

/** The services that ever had a case: who may see all services must know which there are. */
const servicesKey = 'SERVICES';

const counterRow = z.object({ last: z.number() });

/**
 * The next free number of the year. Counted outside the transaction that uses it: inside, one counter would make
 * every submission of the city wait for every other. A number that is then not used leaves a gap, which is fine.
 */
export const nextCaseNumber = async (
  { client, table }: Table,
  prefix: CasePrefix,
  now: EpochMs,
): Promise<CaseNumber> => {
  const year = finnishYear(now);
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName: table,
      Key: { pk: `COUNTER#${year}`, sk: 'COUNTER' },
      UpdateExpression: 'ADD #last :one',
      ExpressionAttributeNames: { '#last': 'last' },
      ExpressionAttributeValues: { ':one': 1 },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  return formatCaseNumber(prefix, year, counterRow.parse(Attributes).last);
};

const belonging = z.object({ service: z.string(), owner: z.optional(z.string()) });

/** A delivery (R6.7) belongs to nobody's folder, so it names no owner. */
export type Belonging = z.infer<typeof belonging>;

/** Whose case a number is and which service's; for departments only, a citizen's look-up goes by owner. */
export const whoseNumber = async (
  { client, table }: Table,
  caseNumber: CaseNumber,
): Promise<Belonging | undefined> => {
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: numberKey(caseNumber), ConsistentRead: true }),
  );
  return Item && belonging.parse(Item);
};

/** Writes down that a service has cases, once an instance: who may see every service must know which there are. */
export const serviceRegister = ({ client, table }: Table): ((service: string) => Promise<void>) => {
  const known = new Set<string>();
  return async service => {
    if (known.has(service)) return;
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: { pk: servicesKey, sk: service },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    known.add(service);
  };
};

/** Every service that ever had a case or a delivery, in alphabetical order. */
export const registeredServices = async (table: Table): Promise<readonly string[]> => {
  const rows = await queryAll(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': servicesKey },
  });
  return rows.map(row => String(row.sk));
};
