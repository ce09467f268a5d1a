import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';

/** Keeps what is personal unreadable to whoever holds the table only. */
export interface Sealer {
  /**
   * AES-256-GCM. `context` says what and whose this is (`draft|<owner>|<id>`) and is authenticated with it:
   * a sealed value copied to another row does not open.
   */
  seal(plain: string, context: string): Promise<Uint8Array>;
  /** Throws when the value, its key or its context is not the one it was sealed with. */
  open(sealed: Uint8Array, context: string): Promise<string>;
}

interface DataKey {
  readonly key: Uint8Array;
  /** The key as KMS wrapped it; travels inside the sealed value. */
  readonly wrapped: Uint8Array;
}

/** Where data keys come from and who unwraps them. */
export interface DataKeys {
  current(): Promise<DataKey>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, ciphertext, tag. */
export const encrypt = (key: Uint8Array, plain: string, context: string): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
};

/** Throws when anything was changed. */
export const decrypt = (key: Uint8Array, sealed: Uint8Array, context: string): string => {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString(
    'utf8',
  );
};

/** Version (1 byte), length of the wrapped key (2), the wrapped key, then nonce, ciphertext and tag. */
const pack = (wrapped: Uint8Array, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(3);
  head.writeUInt8(version, 0);
  head.writeUInt16BE(wrapped.length, 1);
  return Buffer.concat([head, wrapped, body]);
};

const unpack = (sealed: Uint8Array): { wrapped: Uint8Array; body: Uint8Array } => {
  const view = Buffer.from(sealed);
  if (view.length < 3 + nonceBytes + tagBytes || view.readUInt8(0) !== version)
    throw new Error('not a sealed value');
  const end = 3 + view.readUInt16BE(1);
  return { wrapped: view.subarray(3, end), body: view.subarray(end) };
};

export const sealer = (keys: DataKeys): Sealer => ({
  seal: async (plain, context) => {
    const { key, wrapped } = await keys.current();
    return pack(wrapped, encrypt(key, plain, context));
  },
  open: async (sealed, context) => {
    const { wrapped, body } = unpack(sealed);
    return decrypt(await keys.unwrap(wrapped), body, context);
  },
});

/** A data key seals for five minutes or a thousand values, whichever ends first: KMS is asked seldom, and a leak is small. */
const lifetimeMs = 5 * 60 * 1000;
const maxUses = 1_000;
/** Unwrapped keys kept for opening; the oldest goes first. */
const maxKept = 200;

/** Bound into every data key by KMS, so that keys wrapped for something else are not ours. */
const EncryptionContext = { purpose: 'sealing' };

const generate = async (kms: KMSClient, KeyId: string): Promise<DataKey> => {
  const answer = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  if (!answer.Plaintext || !answer.CiphertextBlob) throw new Error('KMS gave no data key');
  return { key: answer.Plaintext, wrapped: answer.CiphertextBlob };
};

const unwrap = async (kms: KMSClient, KeyId: string, CiphertextBlob: Uint8Array): Promise<Uint8Array> => {
  const { Plaintext } = await kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext }));
  if (!Plaintext) throw new Error('KMS did not unwrap the data key');
  return Plaintext;
};

/** Data keys by KMS, cached within the Lambda instance. A failed call is not cached. */
export const kmsDataKeys = (kms: KMSClient, keyId: string, now: () => number = Date.now): DataKeys => {
  const kept = new Map<string, Promise<Uint8Array>>();
  const keep = (wrapped: Uint8Array, key: Promise<Uint8Array>): Promise<Uint8Array> => {
    const name = Buffer.from(wrapped).toString('base64');
    kept.set(name, key);
    key.catch(() => kept.delete(name));
    const oldest = kept.keys().next().value;
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
    return key;
  };
  let current: { key: Promise<DataKey>; until: number; usesLeft: number } | undefined;
  const renew = () => {
    const key = generate(kms, keyId);
    current = { key, until: now() + lifetimeMs, usesLeft: maxUses };
    key.then(
      made => keep(made.wrapped, Promise.resolve(made.key)),
      () => {
        current = undefined;
      },
    );
    return current;
  };
  return {
    current: () => {
      const usable = current && current.usesLeft > 0 && now() < current.until ? current : renew();
      usable.usesLeft--;
      return usable.key;
    },
    unwrap: wrapped =>
      kept.get(Buffer.from(wrapped).toString('base64')) ?? keep(wrapped, unwrap(kms, keyId, wrapped)),
  };
};

/** The sealer of a Lambda: make it once an instance. */
export const kmsSealer = (kms: KMSClient, keyId: string): Sealer => sealer(kmsDataKeys(kms, keyId));
