import {
  constants,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  privateDecrypt,
  timingSafeEqual,
} from 'node:crypto';
import type { ClientKey } from '../storage/client-keys.ts';

const bytes = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');

interface Sealed {
  /** The protected header as it was sent. */
  readonly head: string;
  readonly iv: Buffer;
  readonly text: Buffer;
  readonly tag: Buffer;
}

/** RFC 7518, section 5.3. */
const openGcm = (key: Buffer, { head, iv, text, tag }: Sealed): Buffer => {
  const cipher = createDecipheriv(`aes-${key.length === 16 ? 128 : 256}-gcm`, key, iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(head)).setAuthTag(tag);
  return Buffer.concat([cipher.update(text), cipher.final()]);
};

/** RFC 7518, section 5.2: the tag is checked before anything is decrypted. */
const openCbc = (key: Buffer, { head, iv, text, tag }: Sealed): Buffer => {
  const half = key.length / 2;
  const bits = Buffer.alloc(8);
  bits.writeBigUInt64BE(BigInt(head.length * 8));
  const mac = createHmac(half === 16 ? 'sha256' : 'sha512', key.subarray(0, half));
  const expected = mac.update(head).update(iv).update(text).update(bits).digest().subarray(0, half);
  if (tag.length !== half || !timingSafeEqual(expected, tag)) throw new Error('the tag is wrong');
  const cipher = createDecipheriv(`aes-${half * 8}-cbc`, key.subarray(half), iv);
  return Buffer.concat([cipher.update(text), cipher.final()]);
};

const contents: Readonly<Record<string, { open: typeof openGcm; keyBytes: number }>> = {
  A128GCM: { open: openGcm, keyBytes: 16 },
  A256GCM: { open: openGcm, keyBytes: 32 },
  'A128CBC-HS256': { open: openCbc, keyBytes: 32 },
  'A256CBC-HS512': { open: openCbc, keyBytes: 64 },
};
const hashes: Readonly<Record<string, string>> = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256' };

/** Compact serialisation has five parts when it is encrypted, three when it is signed (RFC 7516, section 9). */
export const isEncrypted = (token: string): boolean => token.split('.').length === 5;

/** What an encrypted token (RFC 7516) holds. Throws for one that none of the keys opens; nothing of it is verified. */
export const openToken = (token: string, keys: readonly ClientKey[]): string => {
  const [head = '', wrapped, iv, text, tag] = token.split('.');
  const { alg, enc, kid } = JSON.parse(bytes(head).toString()) as Record<string, unknown>;
  const [content, oaepHash] = [contents[String(enc)], hashes[String(alg)]];
  const found = keys.find(key => kid === undefined || key.kid === kid);
  if (!content || !oaepHash || !found) throw new Error('not encrypted to us');
  const key = privateDecrypt(
    {
      key: createPrivateKey({ key: found.privateKey, format: 'jwk' }),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash,
    },
    bytes(wrapped),
  );
  if (key.length !== content.keyBytes) throw new Error('the key is of another length');
  return content.open(key, { head, iv: bytes(iv), text: bytes(text), tag: bytes(tag) }).toString();
};
