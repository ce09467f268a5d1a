import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Bulletin, hasEnded } from '../domain/bulletin.ts';
import type { EpochMs } from '../domain/case.ts';
import { epochSeconds, whenConditionFails } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';

/** What departments announce, each under its client's name: another's cannot be reached by any id. */
export interface Bulletins {
  /** Everybody's that have not ended. */
  all(now: EpochMs): Promise<readonly Bulletin[]>;
  /** One client's that have not ended, by their ids. */
  of(client: string, now: EpochMs): Promise<readonly Bulletin[]>;
  /** Writes it in place of the one with its id. Says whether there was one that had not ended. */
  put(client: string, bulletin: Bulletin, now: EpochMs): Promise<'created' | 'replaced'>;
  /** Refuses `not-found`: unknown, another's or ended. */
  remove(client: string, id: string, now: EpochMs): Promise<void>;
}

const pk = 'BULLETIN';
/** Ids of clients have no `#`: Cognito's are letters and digits, and so says `lib/stage.ts` of the others. */
const skOf = (client: string, id = ''): string => `${client}#${id}`;

const bulletinRow = z.object({
  id: z.string(),
  text: z.object({ fi: z.string(), sv: z.string(), en: z.string() }),
  from: z.number(),
  until: z.number(),
});

export const bulletins = ({ client: dynamodb, table }: Table): Bulletins => {
  const list = async (client: string, now: EpochMs): Promise<readonly Bulletin[]> => {
    const rows = await queryAll(
      { client: dynamodb, table },
      {
        KeyConditionExpression: client === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :client)',
        ExpressionAttributeValues: { ':pk': pk, ...(client !== '' && { ':client': skOf(client) }) },
        // What was announced, or taken back, is so from that moment on.
        ConsistentRead: true,
      },
    );
    return rows.map(row => bulletinRow.parse(row)).filter(bulletin => !hasEnded(bulletin, now));
  };

  return {
    all: now => list('', now),
    of: list,
    put: async (client, bulletin, now) => {
      const { Attributes } = await dynamodb.send(
        new PutCommand({
          TableName: table,
          Item: { pk, sk: skOf(client, bulletin.id), ...bulletin, expiresAt: epochSeconds(bulletin.until) },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes && !hasEnded(bulletinRow.parse(Attributes), now) ? 'replaced' : 'created';
    },
    remove: async (client, id, now) => {
      await whenConditionFails(
        () =>
          dynamodb.send(
            new DeleteCommand({
              TableName: table,
              Key: { pk, sk: skOf(client, id) },
              ConditionExpression: '#until > :now',
              ExpressionAttributeNames: { '#until': 'until' },
              ExpressionAttributeValues: { ':now': now },
            }),
          ),
        () => ({ kind: 'not-found' }),
      );
    },
  };
};
