import { JwtVerifier } from 'aws-jwt-verify';
import { type Fetcher, SimpleFetcher } from 'aws-jwt-verify/https';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod/mini';
import { refuse } from '../domain/refusal.ts';
import { badToken, bearerOf, verified } from '../http/bearer.ts';
import type { PublicRequest } from '../http/request.ts';
import { jwksFetcher } from '../identity/transport.ts';

/** What the city's profile system may ask for (its GDPR API contract, "Authorization"). */
export type GdprScope = 'gdprquery' | 'gdprdelete';

/** A call in the name of a person who has signed in to the profile system. */
export interface GdprRequest extends PublicRequest {
  /** The issuer's name for the person: that of the token and of the address, which are the same. */
  readonly subject: string;
  /** They have identified themselves as strongly as this portal demands. */
  readonly isStrong: boolean;
}

export interface GdprAccessSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly scope: GdprScope;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Read of a token whose signature, issuer, audience and times are good. Scopes stand as Keycloak writes them. */
const claims = z.object({
  sub: z.string(),
  exp: z.number(),
  loa: z.optional(z.string()),
  authorization: z.object({
    permissions: z.array(z.object({ scopes: z.optional(z.array(z.string())) })),
  }),
});

/** Levels as the profile system names them. */
const strong: readonly (string | undefined)[] = ['substantial', 'high'];

/** Milliseconds after which address and keys of the issuer are asked for anew. */
const keysMs = 60 * 60 * 1000;

const metadata = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** OpenID Connect Discovery 1.0, section 4: what another issuer says of itself is not believed. */
const discover = async (issuer: string, fetcher: Fetcher): Promise<string> => {
  const answer = await fetcher.fetch(`${issuer}/.well-known/openid-configuration`);
  const found = metadata.parse(JSON.parse(Buffer.from(answer).toString('utf8')));
  if (found.issuer !== issuer) throw new Error('the issuer names another');
  return found.jwks_uri;
};

const tokenVerifier = ({ issuer, audience }: GdprAccessSettings, fetcher: Fetcher, now: () => number) => {
  const make = async () => {
    const jwksUri = await discover(issuer, fetcher).catch(() => refuse({ kind: 'unavailable' }));
    const jwksCache = new SimpleJwksCache({ fetcher });
    return JwtVerifier.create({ issuer, audience, jwksUri }, { jwksCache });
  };
  let current: { readonly until: number; readonly verifier: ReturnType<typeof make> } | undefined;
  return async (token: string): Promise<unknown> => {
    if (!current || now() >= current.until) current = { until: now() + keysMs, verifier: make() };
    const verifier = await current.verifier.catch(error => {
      current = undefined;
      throw error;
    });
    return verified(verifier, token);
  };
};

/**
 * Lets a call of the profile system in: signature, `iss`, `aud`, `exp`, the scope among `authorization.permissions`, and
 * `sub` that of the address. Refuses `unauthenticated` (401, as the contract wants for every one of these), `unavailable`
 * where the issuer does not answer, `invalid-request` for an address that names no UUID.
 */
export const gdprAccess = (
  settings: GdprAccessSettings,
  fetcher: Fetcher = jwksFetcher ?? new SimpleFetcher(),
  now: () => number = Date.now,
) => {
  const verify = tokenVerifier(settings, fetcher, now);
  return async (request: PublicRequest): Promise<GdprRequest> => {
    const token = claims.safeParse(await verify(bearerOf(request)));
    if (!token.success) return badToken();
    const { sub, loa, authorization } = token.data;
    const isAllowed = authorization.permissions.some(({ scopes = [] }) => scopes.includes(settings.scope));
    if (!isAllowed) return badToken();
    const { id = '' } = request.parameters;
    if (!uuid.test(id)) refuse({ kind: 'invalid-request', errors: [{ pointer: '/id', code: 'format' }] });
    if (id.toLowerCase() !== sub.toLowerCase()) return badToken();
    return { ...request, subject: sub, isStrong: strong.includes(loa) };
  };
};
