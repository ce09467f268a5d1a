import { type ClientAuth, ClientSecretBasic, type DecryptionKey, PrivateKeyJwt } from 'openid-client';
import type { Settings } from '../configuration.ts';
import type { EpochMs } from '../domain/case.ts';
import type { ClientKey, ClientKeys } from '../storage/client-keys.ts';
import { currentKey, validKeys } from './key-periods.ts';

/** How the portal proves itself to the issuer, and what it opens the issuer's answers with. */
export interface Credentials {
  readonly authentication: ClientAuth;
  /** Empty where ID tokens come in the clear. */
  readonly decryption: readonly DecryptionKey[];
}

type CredentialSettings = Pick<Settings, 'IDENTITY_AUTHENTICATION' | 'IDENTITY_CLIENT_SECRET'>;

const decryptionKeys = ({ kid, privateKey }: ClientKey): Promise<DecryptionKey>[] =>
  // One pair, two ways to use it: which of them is the issuer's choice (RFC 7518, section 4.3).
  (['SHA-256', 'SHA-1'] as const).map(async hash => ({
    kid,
    alg: hash === 'SHA-1' ? 'RSA-OAEP' : 'RSA-OAEP-256',
    key: await crypto.subtle.importKey('jwk', privateKey, { name: 'RSA-OAEP', hash }, false, ['decrypt']),
  }));

const signingKey = async ({ kid, privateKey }: ClientKey) => ({
  kid,
  key: await crypto.subtle.importKey(
    'jwk',
    privateKey,
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  ),
});

/**
 * With a secret of the issuer's, or with keys of our own, which are then published at `/api/auth/jwks.json`
 * (OpenID Connect Core, 9 and 10.2). With keys of our own the issuer may encrypt what it sends.
 */
export const credentialsOf =
  (
    { IDENTITY_AUTHENTICATION, IDENTITY_CLIENT_SECRET }: CredentialSettings,
    keys: ClientKeys,
    now: () => EpochMs,
  ) =>
  async (): Promise<Credentials> => {
    if (IDENTITY_AUTHENTICATION === 'client_secret_basic')
      return { authentication: ClientSecretBasic(IDENTITY_CLIENT_SECRET), decryption: [] };
    const [signing, ...decryption] = await Promise.all([
      currentKey(keys, 'sig', now()).then(signingKey),
      ...(await validKeys(keys, 'enc', now())).flatMap(decryptionKeys),
    ]);
    return { authentication: PrivateKeyJwt(signing), decryption };
  };
