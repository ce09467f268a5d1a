import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  type EcKey,
  joseSignature,
  type PublishedKey,
  signingInput,
  thumbprintInput,
} from '../domain/jose.ts';
import { type ReceiptStatement, receiptType } from '../domain/receipt.ts';
import { writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';

/** Signs receipts and publishes the keys they can be checked with. */
export interface ReceiptKeys {
  /** A compact JWS (ES256). Its key has been published before: nobody is handed what cannot be checked. */
  sign(statement: ReceiptStatement): Promise<string>;
  /** The key in use and every one that ever signed. */
  published(): Promise<readonly PublishedKey[]>;
}

export interface ReceiptKeysGround extends Table {
  readonly kms: Pick<KMSClient, 'send'>;
  readonly keyId: string;
}

const partition = 'RECEIPT-KEYS';
const row = z.object({ sk: z.string(), x: z.string(), y: z.string() });

const toPublished = (key: EcKey): PublishedKey => ({
  ...key,
  kid: createHash('sha256').update(thumbprintInput(key)).digest('base64url'),
  use: 'sig',
  alg: 'ES256',
});

const readKey = (item: unknown): PublishedKey => {
  const { x, y } = row.parse(item);
  return toPublished({ kty: 'EC', crv: 'P-256', x, y });
};

export const receiptKeys = ({ client, table, kms, keyId: KeyId }: ReceiptKeysGround): ReceiptKeys => {
  const fetchKey = async (): Promise<PublishedKey> => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
    if (!PublicKey) throw new Error('KMS gave no public key');
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const { x = '', y = '' } = key.export({ format: 'jwk' });
    return toPublished({ kty: 'EC', crv: 'P-256', x, y });
  };

  /** Written down for ever: the key itself may be replaced, what it signed may not become worthless. */
  const publish = async (key: PublishedKey): Promise<PublishedKey> => {
    const { kid: sk, x, y } = key;
    await writeUnlessChanged(() =>
      client.send(
        new PutCommand({
          TableName: table,
          Item: { pk: partition, sk, x, y },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
    return key;
  };

  const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
    let made: Promise<Value> | undefined;
    return () => {
      made ??= make().catch(error => {
        made = undefined;
        throw error;
      });
      return made;
    };
  };
  const current = once(fetchKey);
  const currentPublished = once(async () => publish(await current()));

  return {
    sign: async statement => {
      const { kid } = await currentPublished();
      const input = signingInput({ alg: 'ES256', kid, typ: receiptType }, statement);
      const { Signature } = await kms.send(
        new SignCommand({
          KeyId,
          Message: Buffer.from(input),
          MessageType: 'RAW',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (!Signature) throw new Error('KMS gave no signature');
      return `${input}.${joseSignature(Signature).toString('base64url')}`;
    },
    published: async () => {
      const rows = await queryAll(
        { client, table },
        { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': partition } },
      );
      const key = await current();
      const earlier = rows.map(readKey).filter(({ kid }) => kid !== key.kid);
      return [key, ...earlier];
    },
  };
};
