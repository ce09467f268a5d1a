/**
 * Stands for the state's register of mandates, Suomi.fi e-Authorizations: its four calls, its signature, and its page,
 * where a test person picks an organisation. What somebody may do is changed by a control, as an organisation would.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLanguage, type Language, type Translated } from '../../../lambdas/domain/language.ts';
import { type Organisation, type Person, people } from './identity/people.ts';
import { askWhich, failure } from './mandates/page.ts';
import { answerJson, type Handle, readBody } from './server.ts';

export interface MandatesOptions {
  readonly clientId: string;
  readonly secret: string;
  readonly apiKey: string;
  readonly redirectUri: string;
  /** What the page calls the portal. */
  readonly service: Translated;
  /** Epoch ms. */
  readonly now: () => number;
}

/** `roles` of one person in one organisation, empty: taken away; `answers`: whether the register works; `forget`: all visits. */
export interface MandateChange {
  readonly person?: string | undefined;
  readonly businessId?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly answers?: boolean | undefined;
  readonly forget?: boolean | undefined;
}

export interface MandatesEngine {
  /** Serves `/service/ypa/…` and `/oauth/…`. */
  readonly handle: Handle;
  change(change: MandateChange): void;
}

interface Visit {
  readonly person: Person;
  readonly user: string;
  chosen: readonly string[];
  code?: string | undefined;
  token?: string;
}

/** How far the caller's clock may be off, in milliseconds. */
const clockMs = 5 * 60 * 1000;

const random = (): string => randomBytes(24).toString('base64url');

const same = (given: string, wanted: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
};

export const mandatesEngine = (options: MandatesOptions): MandatesEngine => {
  const { clientId, secret, apiKey, redirectUri, service, now } = options;
  const visits = new Map<string, Visit>();
  const changed = new Map<string, readonly string[]>();
  let answers = true;

  const known = new Map(
    people.flatMap(({ organisations }) => organisations).map(one => [one.businessId, one]),
  );

  const rolesOf = ({ id, organisations }: Person, businessId: string): readonly string[] =>
    changed.get(`${id} ${businessId}`) ??
    organisations.find(one => one.businessId === businessId)?.roles ??
    [];

  const heldBy = (person: Person): readonly Organisation[] =>
    [...known.values()]
      .map(one => ({ ...one, roles: rolesOf(person, one.businessId) }))
      .filter(({ roles }) => roles.length > 0);

  /** Client, time and an HMAC over the path with its query and that time. */
  const isSigned = ({ url = '', headers }: IncomingMessage): boolean => {
    const [client, time = '', mac = ''] = String(headers['x-asiointivaltuudetauthorization'] ?? '').split(
      ' ',
    );
    const wanted = createHmac('sha256', secret).update(`${url} ${time}`).digest('base64');
    return client === clientId && Math.abs(Date.parse(time) - now()) <= clockMs && same(mac, wanted);
  };

  const visitOf = (user: string | null): Visit | undefined =>
    [...visits.values()].find(visit => visit.user === user);

  const begin = (response: ServerResponse, client: string, identityCode: string): void => {
    const person = people.find(one => one.identityCode === identityCode);
    if (client !== clientId || !person) return void answerJson(response, 400, { error: 'no such person' });
    const [sessionId, userId] = [random(), random()];
    visits.set(sessionId, { person, user: userId, chosen: [] });
    answerJson(response, 200, { sessionId, userId });
  };

  const roles = (request: IncomingMessage, response: ServerResponse, sessionId: string): void => {
    const visit = visits.get(sessionId);
    if (!visit?.token || !same(request.headers.authorization ?? '', `Bearer ${visit.token}`))
      return void answerJson(response, 401, { error: 'no such session' });
    const found = heldBy(visit.person).filter(({ businessId }) => visit.chosen.includes(businessId));
    answerJson(
      response,
      200,
      found.map(one => ({ name: one.name, identifier: one.businessId, complete: true, roles: one.roles })),
    );
  };

  const languageOf = (query: URLSearchParams): Language => {
    const lang = query.get('lang');
    return isLanguage(lang) ? lang : 'fi';
  };

  const authorize = (response: ServerResponse, query: URLSearchParams): void => {
    const language = languageOf(query);
    const visit = visitOf(query.get('user'));
    const isOurs = query.get('client_id') === clientId && query.get('redirect_uri') === redirectUri;
    if (!visit || !isOurs || query.get('response_type') !== 'code') return void failure(response, language);
    askWhich(response, {
      ...{ language, service, person: visit.person, organisations: heldBy(visit.person) },
      fields: { user: visit.user, state: query.get('state') ?? '', lang: language },
      origin: new URL(redirectUri).origin,
    });
  };

  const chosenIn = (visit: Visit, given: string | null): readonly string[] => {
    const held = heldBy(visit.person).map(({ businessId }) => businessId);
    return given === 'all' ? held : held.filter(businessId => businessId === given);
  };

  const choose = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams((await readBody(request, 16 * 1024)).toString('utf8'));
    const visit = visitOf(form.get('user'));
    if (!visit) return failure(response, languageOf(form));
    const back = new URL(redirectUri);
    const given = form.get('organisation');
    if (given === 'cancel') back.searchParams.set('error', 'access_denied');
    else {
      visit.chosen = chosenIn(visit, given);
      visit.code = random();
      back.searchParams.set('code', visit.code);
    }
    if (form.get('state')) back.searchParams.set('state', form.get('state') ?? '');
    response.writeHead(303, { location: back.href, 'cache-control': 'no-store' }).end();
  };

  const redeem = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void => {
    const wanted = `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`;
    if (!same(request.headers.authorization ?? '', wanted))
      return void answerJson(response, 401, { error: 'invalid_client' });
    const code = query.get('code');
    const visit = [...visits.values()].find(one => one.code !== undefined && one.code === code);
    const isRight =
      query.get('grant_type') === 'authorization_code' && query.get('redirect_uri') === redirectUri;
    if (!visit || !isRight) return void answerJson(response, 400, { error: 'invalid_grant' });
    visit.code = undefined;
    visit.token = random();
    answerJson(response, 200, { access_token: visit.token, token_type: 'bearer', expires_in: 3600 });
  };

  const handle: Handle = async (request, response) => {
    if (!answers) return void response.writeHead(503).end();
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /oauth/authorize') return authorize(response, searchParams);
    if (route === 'POST /oauth/authorize') return choose(request, response);
    if (route === 'POST /oauth/token') return redeem(request, response, searchParams);
    const [, client, code] = /^GET \/service\/ypa\/user\/register\/([^/]+)\/([^/]+)$/.exec(route) ?? [];
    const [, sessionId] = /^GET \/service\/ypa\/api\/organizationRoles\/([^/]+)$/.exec(route) ?? [];
    if ((client ?? sessionId) && !isSigned(request))
      return void answerJson(response, 401, { error: 'the signature is wrong' });
    if (client && code) return begin(response, client, decodeURIComponent(code));
    if (sessionId) return roles(request, response, sessionId);
    response.writeHead(404).end();
  };

  return {
    handle,
    change: ({ person, businessId, roles: wanted, answers: works, forget }) => {
      if (person !== undefined && businessId !== undefined && wanted)
        changed.set(`${person} ${businessId}`, wanted);
      if (works !== undefined) answers = works;
      if (forget) visits.clear();
    },
  };
};
