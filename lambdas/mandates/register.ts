import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Settings } from '../configuration.ts';
import { isBusinessId } from '../domain/business-id.ts';
import type { EpochMs } from '../domain/case.ts';
import type { Language } from '../domain/language.ts';
import type { Mandate } from '../domain/mandate.ts';
import { refuse } from '../domain/refusal.ts';

/** A visit to the register that has begun: `user` goes into the browser's address, `session` never leaves the portal. */
export interface RegisterVisit {
  readonly session: string;
  readonly user: string;
}

/** What the register is asked with, again and again while the portal's session lasts. */
export interface RegisterAccess {
  readonly session: string;
  readonly token: string;
}

/**
 * The state's register of mandates, Suomi.fi e-Authorizations, for acting for organisations (`ypa`): four calls.
 * Every one refuses `mandate-unavailable` where the register does not answer as it should.
 */
export interface MandateRegister {
  /** Call 1: says who is coming. */
  begin(identityCode: string): Promise<RegisterVisit>;
  /** Call 2 is the browser's: the register's own page, where the person picks the organisation. */
  choiceUrl(user: string, state: string, language: Language): string;
  /** Call 3. */
  redeem(visit: Pick<RegisterVisit, 'session'>, code: string): Promise<RegisterAccess>;
  /** Call 4: what the person may act for now; undefined where the register has forgotten the visit. */
  mandates(access: RegisterAccess): Promise<readonly Mandate[] | undefined>;
}

export type RegisterSettings = Pick<
  Settings,
  'MANDATES_URL' | 'MANDATES_CLIENT_ID' | 'MANDATES_SECRET' | 'MANDATES_API_KEY' | 'PORTAL_URL'
>;

/** Where the register sends the browser back to. */
export const callbackPath = '/api/auth/mandate/callback';

export const signatureHeader = 'x-asiointivaltuudetauthorization';

/**
 * What calls 1 and 4 prove themselves by.
 * @param path with its query, as it is sent
 * @param time ISO 8601
 */
export const signatureOf = (clientId: string, secret: string, path: string, time: string): string =>
  `${clientId} ${time} ${createHmac('sha256', secret).update(`${path} ${time}`).digest('base64')}`;

/** Milliseconds for one try. The function has ten seconds for two of them. */
const patience = 3_000;
const tries = 2;

const unavailable = () => refuse({ kind: 'mandate-unavailable' });

type Fetch = typeof globalThis.fetch;

/**
 * One call. The path of the first holds an identity code, so nothing of an error is passed on, and no redirect is
 * followed to where it might be written down.
 */
const once = async (fetch: Fetch, url: URL, init: RequestInit): Promise<Response | undefined> => {
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(url, { ...init, redirect: 'error', signal }).catch(() => undefined);
  return answer !== undefined && answer.status < 500 ? answer : undefined;
};

const read = async <Schema extends z.ZodMiniType>(
  schema: Schema,
  answer: Response,
): Promise<z.output<Schema>> => {
  const parsed = schema.safeParse(await answer.json().catch(() => undefined));
  return parsed.success ? parsed.data : unavailable();
};

const visit = z.object({ sessionId: z.string(), userId: z.string() });
const granted = z.object({ access_token: z.string() });
const organisations = z.array(
  z.object({ identifier: z.string(), name: z.string(), roles: z.array(z.string()) }),
);

/** The register's answers when a visit is over, or was never ours. */
const forgotten = [400, 401, 403, 404];

const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

export const eAuthorizations = (
  settings: RegisterSettings,
  now: () => EpochMs = Date.now,
  fetch: Fetch = globalThis.fetch,
): MandateRegister => {
  const { MANDATES_URL, MANDATES_CLIENT_ID: clientId } = settings;
  const redirectUri = settings.PORTAL_URL + callbackPath;
  const address = (path: string, query: Readonly<Record<string, string>>): URL =>
    new URL(`${path}?${new URLSearchParams(query)}`, MANDATES_URL);

  /** Asking twice does no harm; asked at another moment it is signed anew. */
  const ask = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const url = address(path, { requestId: randomUUID() });
      const time = new Date(now()).toISOString();
      const signature = signatureOf(clientId, settings.MANDATES_SECRET, url.pathname + url.search, time);
      const answer = await once(fetch, url, { headers: { ...headers, [signatureHeader]: signature } });
      if (answer) return answer;
    }
    return unavailable();
  };

  return {
    begin: async identityCode => {
      const path = `/service/ypa/user/register/${clientId}/${encodeURIComponent(identityCode)}`;
      const answer = await ask(path);
      const { sessionId, userId } = answer.ok ? await read(visit, answer) : unavailable();
      return { session: sessionId, user: userId };
    },
    choiceUrl: (user, state, lang) =>
      address('/oauth/authorize', {
        ...{ client_id: clientId, response_type: 'code', redirect_uri: redirectUri },
        ...{ user, state, lang },
      }).href,
    redeem: async ({ session }, code) => {
      const url = address('/oauth/token', {
        ...{ grant_type: 'authorization_code', redirect_uri: redirectUri, code },
      });
      // Once: a code that was taken and whose answer was lost is worth nothing any more.
      const authorization = basic(clientId, settings.MANDATES_API_KEY);
      const answer = await once(fetch, url, { method: 'POST', headers: { authorization } });
      const { access_token } = answer?.ok ? await read(granted, answer) : unavailable();
      return { session, token: access_token };
    },
    mandates: async ({ session, token }) => {
      const path = `/service/ypa/api/organizationRoles/${encodeURIComponent(session)}`;
      const answer = await ask(path, { authorization: `Bearer ${token}` });
      if (forgotten.includes(answer.status)) return undefined;
      const found = answer.ok ? await read(organisations, answer) : unavailable();
      return found
        .filter(({ identifier, roles }) => isBusinessId(identifier) && roles.length > 0)
        .map(({ identifier, name, roles }) => ({ businessId: identifier, name, roles }));
    },
  };
};
