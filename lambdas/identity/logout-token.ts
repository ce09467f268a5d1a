import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtHeader, JwtPayload } from 'aws-jwt-verify/jwt-model';
import { refuse } from '../domain/refusal.ts';
import type { ClientKey } from '../storage/client-keys.ts';
import type { ProviderSession } from '../storage/session-rows.ts';
import { isEncrypted, openToken } from './encrypted-token.ts';
import { jwksFetcher } from './transport.ts';

/** Says that this is a logout and nothing else (OpenID Connect Back-Channel Logout 1.0, 2.4). */
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** Tokens are made to be sent at once; clocks differ by less. */
const maxAgeSeconds = 5 * 60;
const clockSkewSeconds = 60;

export interface LogoutToken {
  /** What the token names: a session of the provider, or all sessions of a person. */
  readonly sessions: readonly ProviderSession[];
  /** Unique; a second one is a replay. */
  readonly jti: string;
}

export interface LogoutTokenVerifier {
  /**
   * Refuses `invalid-request` for anything but a fresh logout token of this issuer to this client,
   * `unavailable` when the issuer's keys cannot be had.
   */
  verify(token: string): Promise<LogoutToken>;
}

const invalid = () =>
  refuse({ kind: 'invalid-request', errors: [{ pointer: '/logout_token', code: 'invalid' }] });

const unavailable = () => refuse({ kind: 'unavailable' });

/** Keys that could not be fetched say nothing about the token. */
const refuseFor = (error: unknown) => (error instanceof FetchError ? unavailable() : invalid());

const isLogoutEvent = (events: unknown): boolean => {
  const event =
    typeof events === 'object' && events !== null ? (events as Record<string, unknown>)[logoutEvent] : 0;
  return typeof event === 'object' && event !== null;
};

const isFresh = (iat: unknown, nowSeconds: number): boolean =>
  typeof iat === 'number' && iat <= nowSeconds + clockSkewSeconds && iat > nowSeconds - maxAgeSeconds;

/** What the verifier of signatures, issuer, audience and times leaves to us. An ID token must not pass for a logout token. */
const check = (header: JwtHeader, payload: JwtPayload, nowSeconds: number): boolean =>
  /^(application\/)?logout\+jwt$/i.test(String(header.typ ?? '')) &&
  typeof payload.exp === 'number' &&
  isFresh(payload.iat, nowSeconds) &&
  isLogoutEvent(payload.events) &&
  !('nonce' in payload) &&
  typeof payload.jti === 'string' &&
  (typeof payload.sid === 'string' || typeof payload.sub === 'string');

/** A `sid` says which session; without it every session of `sub` is meant. */
const named = (issuer: string, { sid, sub }: JwtPayload): readonly ProviderSession[] =>
  typeof sid === 'string' ? [{ issuer, by: 'sid', value: sid }] : [{ issuer, by: 'sub', value: String(sub) }];

/** Issuers that encrypt ID tokens encrypt these too (OpenID Connect Back-Channel Logout 1.0, 2.4). */
const opened = async (token: string, keys: () => Promise<readonly ClientKey[]>): Promise<string> => {
  if (!isEncrypted(token)) return token;
  const known = await keys();
  try {
    return openToken(token, known);
  } catch {
    return invalid();
  }
};

export const logoutTokenVerifier = (
  issuer: string,
  clientId: string,
  jwksUri: () => Promise<string>,
  /** What tokens may be encrypted to. */
  keys: () => Promise<readonly ClientKey[]> = async () => [],
): LogoutTokenVerifier => {
  const jwksCache = new SimpleJwksCache(jwksFetcher && { fetcher: jwksFetcher });
  return {
    verify: async token => {
      const properties = {
        issuer,
        audience: clientId,
        jwksUri: await jwksUri().catch(unavailable),
        graceSeconds: clockSkewSeconds,
      };
      const verifier = JwtVerifier.create(
        {
          ...properties,
          customJwtCheck: ({ header, payload }) => {
            if (!check(header, payload, Date.now() / 1000)) invalid();
          },
        },
        { jwksCache },
      );
      const payload = await verifier.verify(await opened(token, keys)).catch(refuseFor);
      return { sessions: named(issuer, payload), jti: String(payload.jti) };
    },
  };
};
