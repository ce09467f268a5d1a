import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { ClientKey, ClientKeys } from '../storage/client-keys.ts';
import { uses, validKeys } from './key-periods.ts';

const published = ({ use, kid, publicKey: { kty, n, e } }: ClientKey) => ({
  ...{ kty, n, e, use, kid },
  // Which algorithm it encrypts by is the issuer's registration of us.
  ...(use === 'sig' && { alg: 'RS256' }),
});

/** `GET auth/jwks.json`: the public halves of the portal's keys at the identification provider (RFC 7517). */
export const showClientKeys = async ({ now }: PublicRequest, keys: ClientKeys): Promise<Answer> => {
  const found = await Promise.all(uses.map(use => validKeys(keys, use, now)));
  return ok({ keys: found.flat().map(published) });
};
