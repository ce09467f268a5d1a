/** A citizen without a browser: signs in at the local provider by following its pages, then speaks the citizen API. */
import assert from 'node:assert/strict';
import type { BrowserContext } from 'playwright-core';
import { people } from '../../lib/local/engines/identity/people.ts';
import type { PortalPlace } from './portal.ts';

type Jar = Map<string, string>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  readonly json: () => any;
}

export interface Citizen {
  /** Cookies of the portal; a test may forge them. */
  readonly cookies: Jar;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
}

/** Milliseconds until a request that nobody answers says so. */
const patience = 120_000;

const keep = (jar: Jar, response: Response): void => {
  for (const line of response.headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', ...value] = pair.split('=');
    const ended = attributes.some(text => /max-age=0|expires=thu, 01 jan 1970/i.test(text.trim()));
    if (ended || value.join('=') === '') jar.delete(name.trim());
    else jar.set(name.trim(), value.join('='));
  }
};

const cookieHeader = (jar: Jar): Record<string, string> =>
  jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };

/** A citizen with an empty cookie jar. */
export const nobody = (place: PortalPlace): Citizen => {
  const cookies: Jar = new Map();
  return {
    cookies,
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(place.url + path, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
        headers: {
          ...cookieHeader(cookies),
          ...(method !== 'GET' && { origin: place.url, 'sec-fetch-site': 'same-origin' }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      keep(cookies, response);
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
    },
  };
};

/** Follows the provider from its authorization URL until it sends the browser back to the portal; answers that URL. */
const identify = async (start: string, portal: string, person: string): Promise<string> => {
  const jar: Jar = new Map();
  let steps = 0;
  const go = async (url: string, form?: Record<string, string>): Promise<string> => {
    assert.ok(++steps < 20, 'the provider leads in circles');
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
      headers: cookieHeader(jar),
      ...(form && { body: new URLSearchParams(form) }),
    });
    keep(jar, response);
    const location = response.headers.get('location');
    if (location === null) {
      assert.equal(response.status, 200, `${url} answered ${response.status}`);
      return url;
    }
    const next = new URL(location, url).href;
    return next.startsWith(portal) ? next : go(next);
  };
  const interaction = await go(start);
  const chosen = await go(`${interaction}/person`, { method: 'bank', person });
  return go(chosen, {});
};

/** Picks an organisation on the register's page; `cancel` and `all` are the page's other answers. Answers the portal's answer. */
export const pickOrganisation = async (
  citizen: Citizen,
  place: PortalPlace,
  organisation: string,
  path = '/api/auth/mandate?return=/fi/oma/',
): Promise<Answered> => {
  const away = await citizen.call('GET', path);
  assert.equal(away.status, 302, away.text);
  const page = new URL(away.headers.get('location') ?? '', place.url);
  const form = new URLSearchParams({ organisation });
  for (const name of ['user', 'state', 'lang']) form.set(name, page.searchParams.get(name) ?? '');
  const chosen = await fetch(new URL('/oauth/authorize', page), {
    method: 'POST',
    redirect: 'manual',
    body: form,
  });
  assert.equal(chosen.status, 303, await chosen.text());
  const back = await citizen.call('GET', (chosen.headers.get('location') ?? '').slice(place.url.length));
  assert.equal(back.status, 302, back.text);
  return back;
};

export interface Identity {
  readonly person: string;
  readonly organisation?: string;
}

/** Somebody who is signed in but has not registered yet. */
export const signedIn = async (place: PortalPlace, { person, organisation }: Identity): Promise<Citizen> => {
  const citizen = nobody(place);
  const as = organisation === undefined ? 'person' : 'organisation';
  const start = await citizen.call('GET', `/api/auth/sign-in?as=${as}&return=/fi/oma/`);
  assert.equal(start.status, 302, start.text);
  const back = await identify(start.headers.get('location') ?? '', place.url, person);
  const callback = await citizen.call('GET', back.slice(place.url.length));
  assert.equal(callback.status, 302, callback.text);
  if (organisation !== undefined)
    await pickOrganisation(citizen, place, organisation, callback.headers.get('location') ?? '');
  return citizen;
};

/** Signed in and registered with an e-mail address of their own, unless they were already. */
export const registered = async (
  place: PortalPlace,
  identity: Identity,
  language = 'fi',
): Promise<Citizen> => {
  const citizen = await signedIn(place, identity);
  const profile = (await citizen.call('GET', '/api/profile')).json();
  if (profile.registered) return citizen;
  const { consentVersion } = await import('../../web/content/consent/version.ts');
  const put = await citizen.call('PUT', '/api/profile', {
    email: `${identity.person}@example.fi`,
    channel: 'email',
    language,
    revision: profile.revision,
    consent: { version: consentVersion, language },
  });
  assert.equal(put.status, 200, put.text);
  return citizen;
};

/** In the browser the citizen is signed in from now on. */
export const giveSession = async (
  place: PortalPlace,
  context: BrowserContext,
  { cookies }: Citizen,
): Promise<void> => {
  // A `__Host-` cookie is set over https only; Chromium then sends it to localhost by http as well.
  const url = place.url.replace('http:', 'https:');
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url, secure: name.startsWith('__Host-') })),
  );
};

/** One of the same form would be offered first. */
export const deleteDrafts = async (citizen: Citizen): Promise<void> => {
  for (const { id } of (await citizen.call('GET', '/api/drafts')).json().items)
    await citizen.call('DELETE', `/api/drafts/${id}`);
};

/** Test persons of the local provider, by what they are good for. */
export const personWithout = (organisations: number): string => {
  const found = people.find(person => person.organisations.length === organisations);
  assert.ok(found);
  return found.id;
};

/** A department system's token from the local token endpoint. */
export const departmentToken = async (
  place: PortalPlace,
  client: string,
  secret: string,
): Promise<string> => {
  const response = await fetch(`${place.identityUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const answer = (await response.json()) as { access_token?: string };
  assert.ok(answer.access_token, `no token for ${client}: ${response.status}`);
  return answer.access_token;
};
