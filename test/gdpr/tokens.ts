/** The city's profile system: its issuer, and the tokens it calls with. Real keys, real signatures. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Fetcher } from 'aws-jwt-verify/https';

export const issuer = 'https://broker.example/auth/realms/city';
export const audience = 'asiointi-gdpr';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const { publicKey, privateKey } = rsa();
const stranger = rsa().privateKey;

const documents: Readonly<Record<string, object>> = {
  [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/certs` },
  [`${issuer}/certs`]: {
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }],
  },
};

/** An issuer that answers what it publishes; `asked` counts, `isSilent` lets nothing through. */
export const publisher = () => {
  const state = { asked: 0, isSilent: false, says: documents };
  const fetcher: Fetcher = {
    fetch: async uri => {
      state.asked += 1;
      const found = state.says[uri];
      if (!found || state.isSilent) throw new Error('no answer');
      return new TextEncoder().encode(JSON.stringify(found)).buffer as ArrayBuffer;
    },
  };
  return { state, fetcher };
};

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const signed = (claims: object, key: KeyObject, header: object): string => {
  const input = `${encoded({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${encoded(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

const seconds = (): number => Math.floor(Date.now() / 1000);
export const permits = (...scopes: string[]) => ({ permissions: [{ rsname: 'asiointi', scopes }] });

const good = (sub: string) => ({
  ...{ iss: issuer, aud: audience, sub, loa: 'substantial', iat: seconds(), exp: seconds() + 300 },
  authorization: permits('gdprquery', 'gdprdelete'),
});

export const token = (sub: string, claims: object = {}, header: object = {}): string =>
  signed({ ...good(sub), ...claims }, privateKey, header);
export const forged = (sub: string): string => signed(good(sub), stranger, {});
export const ended = { iat: seconds() - 1_000, exp: seconds() - 100 };
