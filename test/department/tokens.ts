/** A department's issuer: real keys, real signatures. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Fetcher } from 'aws-jwt-verify/https';

export const issuer = 'https://issuer.example';
export const jwksUri = 'https://issuer.example/keys';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const { publicKey, privateKey } = rsa();
const stranger = rsa().privateKey;

export const fetcher: Fetcher = {
  fetch: async () =>
    new TextEncoder().encode(
      JSON.stringify({
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
      }),
    ).buffer as ArrayBuffer,
};

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const signed = (claims: object, key: KeyObject): string => {
  const input = `${encoded({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encoded(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

const seconds = (): number => Math.floor(Date.now() / 1000);
const scope = 'department/cases.read department/cases.write';

export const token = (client: string, claims: object = {}): string =>
  signed(
    {
      iss: issuer,
      sub: client,
      client_id: client,
      token_use: 'access',
      scope,
      iat: seconds(),
      exp: seconds() + 900,
      ...claims,
    },
    privateKey,
  );

export const expired = (client: string): string =>
  token(client, { iat: seconds() - 1_000, exp: seconds() - 100 });

export const forged = (client: string): string =>
  signed({ iss: issuer, client_id: client, token_use: 'access', scope, exp: seconds() + 900 }, stranger);

/** Without any signature at all (RFC 7519, section 6). */
export const unsigned = (client: string): string =>
  `${encoded({ alg: 'none', kid: 'k1' })}.${encoded({ iss: issuer, client_id: client, token_use: 'access', scope, exp: seconds() + 900 })}.AA`;
