/** The little of JOSE that a receipt needs: ES256 in compact form, and a key's thumbprint. Nothing here decides trust. */

/** RFC 7517, of an EC key on P-256. */
export interface EcKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** A published key of ours. */
export interface PublishedKey extends EcKey {
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

/** What RFC 7638, section 3.2 takes the SHA-256 of: the required members in their order, nothing else. */
export const thumbprintInput = ({ crv, kty, x, y }: EcKey): string => JSON.stringify({ crv, kty, x, y });

export interface Jws<Payload> {
  readonly header: { readonly alg?: unknown; readonly kid?: unknown; readonly typ?: unknown };
  /** Not verified at this point. */
  readonly payload: Payload;
  /** What was signed. */
  readonly input: string;
  readonly signature: Uint8Array;
}

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
/** In the one way bytes are written (RFC 4648, 3.5): bits that say nothing must not be another spelling of the same. */
const isBase64url = (text: string): boolean =>
  text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text;

/** RFC 7515, section 5.1: what is signed. */
export const signingInput = (header: object, payload: object): string =>
  `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`;

/** A compact JWS taken apart, undefined where it is none. Its signature has not been checked. */
export const readJws = <Payload>(compact: string): Jws<Payload> | undefined => {
  const parts = compact.split('.');
  if (parts.length !== 3 || !parts.every(isBase64url)) return undefined;
  const [header = '', payload = '', signature = ''] = parts;
  try {
    const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return {
      header: json(header),
      payload: json(payload),
      input: `${header}.${payload}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
};

/** ASN.1's two integers (as KMS answers) as the 64 bytes of RFC 7518, section 3.4. Throws at anything else. */
export const joseSignature = (der: Uint8Array): Buffer => {
  const bytes = Buffer.from(der);
  let at = bytes[0] === 0x30 && bytes[1] === bytes.length - 2 ? 2 : bytes.length;
  const integer = (): Buffer => {
    const length = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0x02 || length === 0 || at + 2 + length > bytes.length)
      throw new Error('not an ECDSA signature');
    const value = bytes.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    const plain = value[0] === 0 ? value.subarray(1) : value;
    if (plain.length > 32) throw new Error('not an ECDSA signature of P-256');
    return Buffer.concat([Buffer.alloc(32 - plain.length), plain]);
  };
  return Buffer.concat([integer(), integer()]);
};
