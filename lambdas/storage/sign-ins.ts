import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { languages } from '../domain/language.ts';
import { epochSeconds, takeRow, whenConditionFails } from './dynamodb.ts';

const signIn = z.object({
  /** Of the cookie that binds it to the browser; SHA-256, hex. */
  browserHash: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  as: z.enum(['person', 'organisation']),
  language: z.enum(languages),
  /** A path of ours (`domain/return-path.ts`). */
  returnPath: z.optional(z.string()),
  /** Epoch milliseconds. */
  startedAt: z.number(),
});

/** An identification under way. */
export type SignIn = z.infer<typeof signIn>;

/** Things that may be used once: sign-ins begun, and logout tokens received. */
export interface SignIns {
  begin(state: string, signIn: SignIn): Promise<void>;
  /** The sign-in begun with this state, the first time it is asked for; undefined ever after. */
  take(state: string): Promise<SignIn | undefined>;
  /** Whether what this logout token asks for has been done. Read consistently. */
  isLogoutDone(jti: string): Promise<boolean>;
  /** Written down when it is done and not before: a token whose work failed half-way may come again. */
  logoutDone(jti: string, until: EpochMs): Promise<void>;
}

/** How long an identification may take: bank, mobile and card in hand. */
export const signInMs = 15 * 60 * 1000;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const dynamodbSignIns = (client: DynamoDBDocumentClient, TableName: string): SignIns => {
  const key = (state: string) => ({ pk: `SIGN-IN#${sha256(state)}`, sk: 'SIGN-IN' });
  const logoutKey = (jti: string) => ({ pk: `LOGOUT#${sha256(jti)}`, sk: 'LOGOUT' });
  const putNew = (Item: Record<string, unknown>) => () =>
    client.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
  return {
    begin: async (state, begun) => {
      const row = { ...key(state), ...begun, expiresAt: epochSeconds(begun.startedAt + signInMs) };
      await whenConditionFails(putNew(row), () => ({ kind: 'conflict' }));
    },
    take: async state => {
      const row = await takeRow(client, TableName, key(state));
      return row && signIn.parse(row);
    },
    isLogoutDone: async jti => {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: logoutKey(jti), ConsistentRead: true }),
      );
      return Item !== undefined;
    },
    logoutDone: async (jti, until) => {
      await client.send(
        new PutCommand({ TableName, Item: { ...logoutKey(jti), expiresAt: epochSeconds(until) } }),
      );
    },
  };
};
