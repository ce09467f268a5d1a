import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as z from 'zod/mini';
import { refuse } from '../domain/refusal.ts';
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

/** What is read of a token once its signature, issuer and time are good. */
const claims = z.object({ client_id: z.string(), token_use: z.literal('access'), scope: z.string() });

const bearer = ({ headers }: PublicRequest): string =>
  /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization?.trim() ?? '')?.[1] ??
  refuse({ kind: 'unauthenticated' });

/** Lets a department's system in by its access token (RFC 6750): refuses `unauthenticated`. Who it is, is the token's `client_id`. */
export const departmentAccess = ({ issuer, jwksUri, clients }: AccessSettings, fetcher = jwksFetcher) => {
  const known = directory.parse(JSON.parse(clients));
  const cache = new SimpleJwksCache(fetcher && { fetcher });
  // Client credentials have no audience at Cognito; whom a token is for is told by its scopes.
  const verifier = JwtVerifier.create({ issuer, audience: null, jwksUri }, { jwksCache: cache });

  const verified = async (token: string): Promise<unknown> => {
    try {
      return await verifier.verify(token);
    } catch (error) {
      return refuse({ kind: error instanceof FetchError ? 'unavailable' : 'unauthenticated' });
    }
  };

  return async (request: PublicRequest): Promise<DepartmentRequest> => {
    const token = claims.safeParse(await verified(bearer(request)));
    const client = token.success && Object.hasOwn(known, token.data.client_id) && known[token.data.client_id];
    if (!client) return refuse({ kind: 'unauthenticated' });
    const { client_id: id, scope } = token.data;
    return { ...request, client: { id, ...client }, scopes: new Set(scope.split(' ')) };
  };
};

export const demandScope = ({ scopes }: DepartmentRequest, scope: Scope): void => {
  if (!scopes.has(scope)) refuse({ kind: 'scope-missing', scope });
};

/** Every reading call says why (contract, "Department API"). */
export const demandPurpose = ({ headers }: DepartmentRequest): void => {
  const purpose = headers['x-purpose']?.trim() ?? '';
  if (purpose.length > 0 && purpose.length <= 200) return;
  const code = purpose === '' ? 'required' : 'too_big';
  refuse({ kind: 'invalid-request', errors: [{ pointer: '/headers/x-purpose', code }] });
};

export const maySee = ({ services }: Client, service: string): boolean =>
  services === '*' || services.includes(service);
