import { createHash, generateKeyPair, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs } from '../domain/case.ts';
import { epochSeconds, writeUnlessChanged } from './dynamodb.ts';
import type { Sealer } from './sealing.ts';

/** To sign with, towards the issuer (`private_key_jwt`), or for the issuer to encrypt ID tokens to. */
export type KeyUse = 'sig' | 'enc';

export interface ClientKey {
  readonly use: KeyUse;
  /** RFC 7638. */
  readonly kid: string;
  readonly publicKey: JsonWebKey;
  readonly privateKey: JsonWebKey;
}

/** The portal's own keys at the identification provider, a pair a use and period; made when first asked for. */
export interface ClientKeys {
  find(use: KeyUse, period: number): Promise<ClientKey | undefined>;
  /** The one there is, or a new one kept until `until`. */
  provide(use: KeyUse, period: number, until: EpochMs): Promise<ClientKey>;
}

const row = z.object({ sealed: z.instanceof(Uint8Array) });
const pair = promisify(generateKeyPair);

/** RFC 7638, section 3.2: the members an RSA key needs, in this order. */
export const kidOf = ({ e, kty, n }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');

/** RSA: what every issuer of the national trust network can use. */
export const newClientKey = async (use: KeyUse): Promise<ClientKey> => {
  const { publicKey, privateKey } = await pair('rsa', { modulusLength: 2048 });
  const jwk = publicKey.export({ format: 'jwk' });
  return { use, kid: kidOf(jwk), publicKey: jwk, privateKey: privateKey.export({ format: 'jwk' }) };
};

const keyOf = (use: KeyUse, period: number) => ({
  pk: `CLIENT-KEY#${use}`,
  sk: `PERIOD#${String(period).padStart(6, '0')}`,
});
const contextOf = (use: KeyUse, period: number): string => `client-key|${use}|${period}`;

/** In the table that is not backed up: a key that is lost is made anew, and published. */
export const dynamodbClientKeys = (
  client: DynamoDBDocumentClient,
  TableName: string,
  sealer: Sealer,
): ClientKeys => {
  const find: ClientKeys['find'] = async (use, period) => {
    const { Item } = await client.send(
      new GetCommand({ TableName, Key: keyOf(use, period), ConsistentRead: true }),
    );
    return Item && JSON.parse(await sealer.open(row.parse(Item).sealed, contextOf(use, period)));
  };
  const keep = async (key: ClientKey, period: number, until: EpochMs): Promise<boolean> => {
    const sealed = await sealer.seal(JSON.stringify(key), contextOf(key.use, period));
    const Item = { ...keyOf(key.use, period), sealed, expiresAt: epochSeconds(until) };
    const put = new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
    return writeUnlessChanged(() => client.send(put));
  };
  return {
    find,
    provide: async (use, period, until) => {
      const there = await find(use, period);
      if (there) return there;
      const made = await newClientKey(use);
      // Another instance may have been first: then theirs is the key.
      return (await keep(made, period, until)) ? made : ((await find(use, period)) ?? made);
    },
  };
};
