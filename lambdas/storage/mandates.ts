import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { languages } from '../domain/language.ts';
import type { Mandate } from '../domain/mandate.ts';
import { absoluteMs, type Session } from '../domain/session.ts';
import { idHashOf, openByCookie, sealByCookie } from './cookie-sealing.ts';
import { epochSeconds, takeRow, whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import { sha256, signInMs } from './sign-ins.ts';

/** A visit to the register of mandates under way. */
export interface Choosing {
  readonly registerSession: string;
  readonly language: (typeof languages)[number];
  /** A path of ours (`domain/return-path.ts`). */
  readonly returnPath?: string | undefined;
  readonly startedAt: EpochMs;
}

/** What the register said last of the person signed in, and what it is asked with the next time. */
export interface Held {
  readonly access: { readonly session: string; readonly token: string };
  readonly mandates: readonly Mandate[];
}

/** What lies beside a session in the same table, sealed by its cookie as it is. */
export interface Mandates {
  begin(state: string, cookie: string, choosing: Choosing): Promise<void>;
  /** The visit begun with this state by this session, the first time it is asked for; undefined ever after. */
  take(state: string, cookie: string): Promise<Choosing | undefined>;
  hold(session: Pick<Session, 'startedAt'>, cookie: string, held: Held): Promise<void>;
  held(cookie: string): Promise<Held | undefined>;
  /** Counts a question to the register; false where this session has asked `askedAnHour` times within the hour. */
  mayAsk(cookie: string, now: EpochMs): Promise<boolean>;
}

/** Questions of one session in one hour: far more than anybody sends, far less than would weigh on the register. */
export const askedAnHour = 200;
const hourMs = 60 * 60 * 1000;
export const hourOf = (now: EpochMs): number => Math.floor(now / hourMs);

/** The person may take as long as for identifying. */
export const choosingMs = signInMs;

const choosingRow = z.object({
  idHash: z.string(),
  language: z.enum(languages),
  returnPath: z.optional(z.string()),
  startedAt: z.number(),
  sealed: z.instanceof(Uint8Array),
});

const held = z.object({
  access: z.object({ session: z.string(), token: z.string() }),
  mandates: z.array(z.object({ businessId: z.string(), name: z.string(), roles: z.array(z.string()) })),
});

export const dynamodbMandates = (client: DynamoDBDocumentClient, TableName: string): Mandates => {
  const choosingKey = (state: string) => ({ pk: `MANDATE#${sha256(state)}`, sk: 'CHOOSING' });
  const heldKey = (cookie: string) => ({ pk: `SESSION#${idHashOf(cookie)}`, sk: 'MANDATES' });
  return {
    begin: async (state, cookie, { registerSession, ...plain }) => {
      const Item = {
        ...choosingKey(state),
        ...plain,
        idHash: idHashOf(cookie),
        sealed: sealByCookie(cookie, registerSession),
        expiresAt: epochSeconds(plain.startedAt + choosingMs),
      };
      const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      await whenConditionFails(
        () => client.send(put),
        () => ({ kind: 'conflict' }),
      );
    },
    take: async (state, cookie) => {
      const row = await takeRow(client, TableName, choosingKey(state));
      if (!row) return undefined;
      const { idHash, sealed, ...plain } = choosingRow.parse(row);
      if (idHash !== idHashOf(cookie)) return undefined;
      return { ...plain, registerSession: openByCookie(cookie, sealed) };
    },
    hold: async ({ startedAt }, cookie, kept) => {
      const Item = {
        ...heldKey(cookie),
        sealed: sealByCookie(cookie, JSON.stringify(kept)),
        expiresAt: epochSeconds(startedAt + absoluteMs),
      };
      await client.send(new PutCommand({ TableName, Item }));
    },
    held: async cookie => {
      const Key = heldKey(cookie);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && held.parse(JSON.parse(openByCookie(cookie, Item.sealed as Uint8Array)));
    },
    mayAsk: (cookie, now) =>
      writeUnlessChanged(() =>
        client.send(
          new UpdateCommand({
            TableName,
            Key: { pk: `SESSION#${idHashOf(cookie)}`, sk: `ASKED#${hourOf(now)}` },
            UpdateExpression: 'SET expiresAt = :expires ADD asked :one',
            ConditionExpression: 'attribute_not_exists(asked) OR asked < :limit',
            ExpressionAttributeValues: {
              ...{ ':one': 1, ':limit': askedAnHour },
              ':expires': epochSeconds(now + 2 * hourMs),
            },
          }),
        ),
      ),
  };
};
