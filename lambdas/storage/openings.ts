import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { type Counts, countedAMinute, dayOf, popularDays } from '../domain/popularity.ts';
import { epochSeconds, writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';

/** How often each service was opened on each day: numbers, and for the ceiling the latest minute. Nothing of who. */
export interface Openings {
  /** One more, unless this minute's are full. Says whether it was counted. */
  add(service: string, now: EpochMs): Promise<boolean>;
  /** What was counted on a day, `2026-11-23`. */
  of(day: string): Promise<Counts>;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const partition = (day: string): string => `OPENINGS#${day}`;

const openingRow = z.object({ sk: z.string(), openings: z.number() });

export const openings = ({ client, table }: Table): Openings => {
  const write = (service: string, now: EpochMs, update: string, condition: string, values: object) =>
    writeUnlessChanged(() =>
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: partition(dayOf(now)), sk: service },
          UpdateExpression: update,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#minute': 'minute' },
          ExpressionAttributeValues: { ':minute': Math.floor(now / minuteMs), ':one': 1, ...values },
        }),
      ),
    );

  const first = (service: string, now: EpochMs) =>
    write(
      service,
      now,
      'SET #minute = :minute, inMinute = :one, expiresAt = :expiresAt ADD openings :one',
      'attribute_not_exists(pk) OR #minute < :minute',
      { ':expiresAt': epochSeconds(now + popularDays * dayMs) },
    );

  const another = (service: string, now: EpochMs) =>
    write(service, now, 'ADD openings :one, inMinute :one', '#minute >= :minute AND inMinute < :ceiling', {
      ':ceiling': countedAMinute,
    });

  return {
    add: async (service, now) => (await first(service, now)) || (await another(service, now)),
    of: async day => {
      const rows = await queryAll(
        { client, table },
        { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': partition(day) } },
      );
      return new Map(rows.map(row => openingRow.parse(row)).map(({ sk, openings: count }) => [sk, count]));
    },
  };
};
