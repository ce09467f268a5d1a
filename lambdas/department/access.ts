import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod/mini';
import { refuse } from '../domain/refusal.ts';
import { badToken, bearerOf, verified } from '../http/bearer.ts';
import type { PublicRequest } from '../http/request.ts';
import { jwksFetcher } from '../identity/transport.ts';

export type Scope = 'department/cases.read' | 'department/cases.write' | 'department/bulletins.write';

/** A department's system and what it may see. */
export interface Client {
  readonly id: string;
  readonly name: string;
  readonly services: readonly string[] | '*';
}

export interface DepartmentRequest extends PublicRequest {
  readonly client: Client;
  readonly scopes: ReadonlySet<string>;
}

const directory = z.record(
  z.string(),
  z.object({ name: z.string(), services: z.union([z.literal('*'), z.array(z.string())]) }),
);

export interface AccessSettings {
  readonly issuer: string;
  readonly jwksUri: string;
  /** JSON: client id → name and services. */
  readonly clients: string;
}

/** What is read of a token once its signature, issuer and time are good. One without an end is none of ours. */
const claims = z.object({
  client_id: z.string(),
  token_use: z.literal('access'),
  scope: z.string(),
  exp: z.number(),
});

/** A key the issuer has taken back is trusted no longer than this. */
const keysMs = 60 * 60 * 1000;

/** Verifies signature, issuer and times with keys that are kept for an hour; a key not seen yet is asked for at once. */
const tokenVerifier = (issuer: string, jwksUri: string, now: () => number, fetcher = jwksFetcher) => {
  // Client credentials have no audience at Cognito; whom a token is for is told by its scopes.
  const fresh = () => ({
    until: now() + keysMs,
    verifier: JwtVerifier.create(
      { issuer, audience: null, jwksUri },
      { jwksCache: new SimpleJwksCache(fetcher && { fetcher }) },
    ),
  });
  let current = fresh();
  return (token: string): Promise<unknown> => {
    if (now() >= current.until) current = fresh();
    return verified(current.verifier, token);
  };
};

/**
 * Lets a department's system in by its access token (RFC 6750): refuses `unauthenticated`, or `unavailable` when the
 * issuer's keys cannot be had. Who it is, is the token's `client_id`.
 */
export const departmentAccess = (
  { issuer, jwksUri, clients }: AccessSettings,
  fetcher = jwksFetcher,
  now: () => number = Date.now,
) => {
  const known = directory.parse(JSON.parse(clients));
  const verify = tokenVerifier(issuer, jwksUri, now, fetcher);

  return async (request: PublicRequest): Promise<DepartmentRequest> => {
    const token = claims.safeParse(await verify(bearerOf(request)));
    const client = token.success && Object.hasOwn(known, token.data.client_id) && known[token.data.client_id];
    if (!client) return badToken();
    const { client_id: id, scope } = token.data;
    return { ...request, client: { id, ...client }, scopes: new Set(scope.split(' ')) };
  };
};

export const demandScope = ({ scopes }: DepartmentRequest, scope: Scope): void => {
  if (!scopes.has(scope)) refuse({ kind: 'scope-missing', scope });
};

/**
 * A header is bytes: those of UTF-8 came one character each (RFC 9110, section 5.5), or percent-encoded, and are words
 * again here. What is neither is as it came.
 */
const headerText = (value: string): string => {
  try {
    const isBytes = [...value].every(character => character <= '\u00ff');
    const text = isBytes
      ? new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
      : value;
    return decodeURIComponent(text);
  } catch {
    return value;
  }
};

/** Every reading call says why (contract, "Department API"); the citizen is shown these words. */
export const demandPurpose = ({ headers }: DepartmentRequest): string => {
  const purpose = headerText(headers['x-purpose'] ?? '').trim();
  if (purpose.length > 0 && purpose.length <= 200) return purpose;
  const code = purpose === '' ? 'required' : 'too_big';
  return refuse({ kind: 'invalid-request', errors: [{ pointer: '/headers/x-purpose', code }] });
};

export const maySee = ({ services }: Client, service: string): boolean =>
  services === '*' || services.includes(service);
