import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { JwtVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import * as client from 'openid-client';
import { people } from '../../lib/local/engines/identity/people.ts';
import { startIdentity } from '../../lib/local/engines/identity.ts';
import type { Engine } from '../../lib/local/engines/server.ts';
import { type Answer, type Browser, browser } from './browser.ts';

const secrets = {
  asiointi: 'portal-secret',
  toinen: 'other-secret',
  'local-department': 'local-secret',
  reader: 'reader-secret',
};
const scopes = ['department/cases.read', 'department/cases.write'];

let dataDir: string;
let offsetMs = 0;
let identity: Engine;
let portal: Server;
let portalUrl: string;
let told: string[] = [];
let problems: string[] = [];

const other = () => ({
  clientId: 'toinen',
  name: { fi: 'Toinen palvelu', sv: 'En annan tjänst', en: 'Another service' },
  redirectUris: ['http://localhost:9/callback'],
  postLogoutRedirectUris: ['http://localhost:9/'],
  frontchannelLogoutUri: 'http://localhost:9/front',
});

const start = (port = 0) =>
  startIdentity({
    port,
    portalUrl,
    clients: [
      { id: 'local-department', scopes },
      { id: 'reader', scopes: ['department/cases.read'] },
    ],
    secrets,
    services: [other()],
    dataDir,
    now: () => Date.now() + offsetMs,
    extraRoutes: (request, response) => void response.end(`extra ${request.url}`),
    onProblem: line => problems.push(line),
  });

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'identity-'));
  portal = createServer(async (request, response) => {
    told.push(Buffer.concat(await request.toArray()).toString());
    response.end();
  });
  await new Promise<void>(resolve => portal.listen(0, '127.0.0.1', resolve));
  portalUrl = `http://localhost:${(portal.address() as AddressInfo).port}`;
  identity = await start();
});
beforeEach(() => {
  told = [];
  problems = [];
});
after(async () => {
  await identity.close();
  portal.close();
  portal.closeAllConnections();
  rmSync(dataDir, { recursive: true });
});

/** The relying party follows the moved clock, as the portal does: `skew` in seconds. */
const relyingParty = async (id: keyof typeof secrets = 'asiointi') => {
  const config = await client.discovery(
    new URL(identity.url),
    id,
    { [client.clockSkew]: offsetMs / 1000 },
    client.ClientSecretBasic(secrets[id]),
    { execute: [client.allowInsecureRequests] },
  );
  const redirectUri = id === 'asiointi' ? `${portalUrl}/api/auth/callback` : 'http://localhost:9/callback';
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  return {
    config,
    begin: async (more: Record<string, string> = {}) =>
      client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ui_locales: 'fi',
        ...more,
      }).href,
    finish: (answer: Answer) =>
      client.authorizationCodeGrant(config, new URL(answer.location ?? ''), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
  };
};

const title = (page: Answer): string => /<h1>(.*?)<\/h1>/.exec(page.text)?.[1] ?? `${page.status}`;

const identify = async (tab: Browser, url: string, person = /^Aino Mallikas$/): Promise<Answer> => {
  const methods = await tab.open(url);
  assert.equal(title(methods), 'Valitse tunnistustapa');
  return tab.press(await tab.press(methods, /^Pankkitunnus$/), person);
};

const signIn = async (tab: Browser, id: 'asiointi' | 'toinen' = 'asiointi') => {
  const party = await relyingParty(id);
  const succeeded = await identify(tab, await party.begin());
  assert.equal(title(succeeded), 'Tunnistautuminen onnistui');
  const tokens = await party.finish(await tab.press(succeeded, /^Jatka palveluun$/));
  return { ...party, tokens };
};

describe('test persons', () => {
  const characters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
  test('have artificial identity codes with the right check character', () => {
    for (const { identityCode } of people) {
      if (identityCode === undefined) continue;
      const [, date = '', number = '', check] = /^(\d{6})[-A-FU-Y](9\d\d)(.)$/.exec(identityCode) ?? [];
      assert.equal(characters[Number(date + number) % 31], check, identityCode);
    }
  });
  test('act for organisations with well-formed business IDs', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2];
    for (const { businessId } of people.flatMap(person => person.organisations)) {
      const sum = weights.reduce((total, weight, index) => total + weight * Number(businessId[index]), 0);
      assert.equal((sum + Number(businessId.at(-1))) % 11, 0, businessId);
    }
  });
});

describe('identification', () => {
  test('a person: the ID token tells who, how, and of which session', async () => {
    const { tokens } = await signIn(browser(identity.url));
    const claims: Record<string, unknown> = tokens.claims() ?? {};
    assert.equal(claims['urn:oid:1.2.246.21'], '120385-913J');
    assert.equal(claims['urn:oid:2.5.4.42'], 'Aino');
    assert.equal(claims['urn:oid:2.5.4.4'], 'Mallikas');
    assert.equal(claims['urn:oid:2.16.840.1.113730.3.1.241'], 'Aino Mallikas');
    assert.equal(claims.method, 'bank');
    assert.deepEqual(claims.amr, ['bank']);
    assert.equal(claims.acr, 'http://ftn.ficora.fi/2017/loa2');
    assert.equal(typeof claims.sid, 'string');
    assert.equal(claims.organisation, undefined, 'that is the register of mandates’ matter');
  });

  test('an EU citizen brings no identity code', async () => {
    const tab = browser(identity.url);
    const { begin, finish } = await relyingParty();
    const tokens = await finish(
      await tab.press(await identify(tab, await begin(), /^Klara Muster$/), /^Jatka palveluun$/),
    );
    assert.equal(tokens.claims()?.['urn:oid:1.2.246.21'], undefined);
  });

  test('cancelling leads back with access_denied', async () => {
    const tab = browser(identity.url);
    const { begin, finish } = await relyingParty();
    const back = await tab.follow(await tab.open(await begin()), /^Keskeytä$/);
    assert.match(back.location ?? '', /^http:\/\/localhost:\d+\/api\/auth\/callback\?error=access_denied/);
    await assert.rejects(finish(back), { error: 'access_denied' });
  });

  test('the mobile certificate times out with its own words', async () => {
    const tab = browser(identity.url);
    const { begin } = await relyingParty();
    const persons = await tab.press(await tab.open(await begin()), /^Mobiilivarmenne$/);
    const back = await tab.press(persons, /^Jätä tunnistuspyyntö vahvistamatta$/);
    const words =
      'Mobiilivarmenteella tunnistautuminen keskeytyi. Tapahtuman kesto ylitti aikarajan. Yritä uudelleen.';
    assert.ok(back.text.includes(words));
    assert.equal(title(back), 'Valitse tunnistustapa');
  });

  test('speaks the language it is asked in, and another when that is chosen', async () => {
    const tab = browser(identity.url);
    const { begin } = await relyingParty();
    const page = await tab.open(await begin({ ui_locales: 'sv' }));
    assert.equal(title(page), 'Välj identifieringssätt');
    assert.equal(title(await tab.follow(page, /^English$/)), 'Select identification method');
  });

  test('without PKCE nothing begins', async () => {
    const url = new URL(await (await relyingParty()).begin());
    url.searchParams.delete('code_challenge');
    const back = await browser(identity.url).open(url.href);
    assert.match(back.location ?? '', /error=invalid_request/);
  });

  test('pages have a strict policy that lets forms reach the service only', async () => {
    const page = await browser(identity.url).open(await (await relyingParty()).begin());
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.ok(policy.includes(`form-action 'self' ${portalUrl};`));
    assert.doesNotMatch(policy, /unsafe/);
    assert.equal(problems.length, 0);
  });

  test('tokens follow the portal’s clock, back in time too', async () => {
    for (const offset of [26 * 3600_000, -400 * 86_400_000]) {
      offsetMs = offset;
      const { tokens } = await signIn(browser(identity.url));
      const { iat = 0 } = tokens.claims() ?? {};
      assert.ok(Math.abs(iat * 1000 - (Date.now() + offset)) < 5000);
    }
    offsetMs = 0;
  });
});

describe('single sign-on', () => {
  test('announces the new service, names it and chooses no method again', async () => {
    const tab = browser(identity.url);
    await signIn(tab, 'toinen');
    const { begin, finish } = await relyingParty();
    const notice = await tab.open(await begin());
    assert.equal(title(notice), 'Siirryt tunnistautuneena uuteen palveluun');
    assert.match(notice.text, /Uusi palvelu: Asiointi/);
    const tokens = await finish(await tab.press(notice, /^Jatka palveluun$/));
    assert.equal(tokens.claims()?.['urn:oid:2.16.840.1.113730.3.1.241'], 'Aino Mallikas');
    assert.equal(tokens.claims()?.method, 'bank');
  });

  test('ends two hours after the session was last used', async () => {
    const tab = browser(identity.url);
    await signIn(tab);
    offsetMs = 2 * 3600_000 + 60_000;
    assert.equal(title(await tab.open(await (await relyingParty()).begin())), 'Valitse tunnistustapa');
    offsetMs = 0;
  });
});

describe('signing out', () => {
  const endSession = (more: Record<string, string>) =>
    `${identity.url}/session/end?${new URLSearchParams({ client_id: 'asiointi', post_logout_redirect_uri: `${portalUrl}/fi/uloskirjauduttu/`, ui_locales: 'fi', ...more })}`;
  /** What the page's script does. */
  const proceed = (tab: Browser, page: Answer) => {
    const [form = ''] = /<form id="op.logoutForm"[\s\S]*?<\/form>/.exec(page.text) ?? [];
    const button = '<button name="logout" value="yes">Jatka</button></form>';
    return tab.press({ ...page, text: form.replace('</form>', button) }, /^Jatka$/);
  };

  for (const hint of ['id_token_hint', 'logout_hint'] as const) {
    test(`by ${hint} takes no question, names the services and tells each of them`, async () => {
      const tab = browser(identity.url);
      const { tokens } = await signIn(tab);
      const second = await relyingParty('toinen');
      await second.finish(await tab.press(await tab.open(await second.begin()), /^Jatka palveluun$/));
      const value = hint === 'id_token_hint' ? (tokens.id_token ?? '') : String(tokens.claims()?.sid);
      const page = await tab.open(endSession({ [hint]: value }));
      assert.equal(title(page), 'Kirjaudut ulos');
      assert.match(page.text, /<li>Asiointi<\/li><li>Toinen palvelu<\/li>/);
      assert.match(page.text, /<iframe src="http:&#47;|<iframe src="http:\/\/localhost:9\/front\?iss=/);
      assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self';/);
      const back = await proceed(tab, page);
      assert.equal(back.location, `${portalUrl}/fi/uloskirjauduttu/`);
      const [token = ''] = told.map(body => new URLSearchParams(body).get('logout_token') ?? '');
      const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      assert.equal(payload.sid, tokens.claims()?.sid);
      assert.ok('http://schemas.openid.net/event/backchannel-logout' in payload.events);
      assert.equal(title(await tab.open(await (await relyingParty()).begin())), 'Valitse tunnistustapa');
    });
  }

  test('asks first when a service cannot show that it knows the session', async () => {
    const tab = browser(identity.url);
    await signIn(tab);
    const question = await tab.open(endSession({ logout_hint: 'guessed' }));
    assert.equal(title(question), 'Haluatko kirjautua ulos?');
    const page = await tab.press(question, /^Kirjaudu ulos$/);
    assert.equal(title(page), 'Kirjaudut ulos');
    await proceed(tab, page);
    assert.equal(told.length, 1);
  });

  test('without a session leads straight back', async () => {
    const page = await browser(identity.url).open(endSession({}));
    const back = await browser(identity.url)
      .press(page, /^Continue$/)
      .catch(() => page);
    assert.equal(page.status, 200);
    assert.ok(back);
  });

  test('does not lead to an address that is not the service’s', async () => {
    const page = await browser(identity.url).open(
      endSession({ post_logout_redirect_uri: 'http://evil.example/' }),
    );
    assert.equal(page.status, 400);
  });
});

describe('department systems', () => {
  const token = async (id: string, secret: string, more: Record<string, string> = {}) => {
    const answer = await fetch(`${identity.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...more }),
    });
    return {
      status: answer.status,
      body: (await answer.json()) as { access_token: string; scope: string; error?: string },
    };
  };
  /** A restart closes connections kept alive: the second attempt opens a new one. */
  const fetcher = { fetch: async (uri: string) => (await fetch(uri).catch(() => fetch(uri))).arrayBuffer() };
  const verify = (jwt: string) =>
    JwtVerifier.create(
      { issuer: identity.url, audience: null },
      { jwksCache: new SimpleJwksCache({ fetcher }) },
    ).verify(jwt);

  test('get a token that verifies, with all their scopes or those they ask for', async () => {
    const all = await token('local-department', 'local-secret');
    const claims = await verify(all.body.access_token);
    assert.equal(claims.scope, scopes.join(' '));
    assert.equal(claims.client_id, 'local-department');
    assert.equal(claims.token_use, 'access');
    const one = await token('local-department', 'local-secret', { scope: 'department/cases.read' });
    assert.equal((await verify(one.body.access_token)).scope, 'department/cases.read');
  });

  test('get no scope that is not theirs and nothing with a wrong secret', async () => {
    const wide = await token('reader', 'reader-secret', { scope: 'department/cases.write' });
    assert.equal(wide.body.error, 'invalid_scope');
    assert.equal((await token('reader', 'guessed')).status, 401);
    assert.equal((await token('asiointi', 'portal-secret')).status, 400);
  });

  test('keep valid tokens over a restart', async () => {
    const { body } = await token('local-department', 'local-secret');
    const port = Number(new URL(identity.url).port);
    await identity.close();
    identity = await start(port);
    assert.equal((await verify(body.access_token)).client_id, 'local-department');
  });
});

test('other routes of the address are handed on', async () => {
  assert.equal(await (await fetch(`${identity.url}/local/clock?x=1`)).text(), 'extra /local/clock?x=1');
  assert.equal(await (await fetch(`${identity.url}/mailbox`)).text(), 'extra /mailbox');
});
