/** Against the local issuer, a real OpenID provider: what the stub of the other tests stands for. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import { type Reading, toIdentified } from '../../lambdas/identity/claims.ts';
import { showClientKeys } from '../../lambdas/identity/client-keys.ts';
import { credentialsOf } from '../../lambdas/identity/credentials.ts';
import { knownKeys } from '../../lambdas/identity/key-periods.ts';
import type { LogoutTokenVerifier } from '../../lambdas/identity/logout-token.ts';
import type { Authorization, Provider, Terms } from '../../lambdas/identity/provider.ts';
import { vocabularyOf } from '../../lambdas/identity/vocabulary.ts';
import { memoryClientKeys } from '../../lambdas/storage/client-keys.memory.ts';
import type { ClientKeys } from '../../lambdas/storage/client-keys.ts';
import { startIdentity } from '../../lib/local/engines/identity.ts';
import { type Engine, listen, readBody } from '../../lib/local/engines/server.ts';
import { browser } from '../engines/browser.ts';

// As a worker of the local portal does: the deployed module refuses plain http (which is tested below).
const localTransport = new URL('../../lib/local/worker-transport.ts', import.meta.url).href;
const strictTransport = new URL('../../lambdas/identity/transport.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './transport.ts' && !context.parentURL?.endsWith('?strict')
      ? { url: localTransport, format: 'module-typescript', shortCircuit: true }
      : specifier === './transport.ts'
        ? { url: strictTransport, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
});
const { openidProvider } = await import('../../lambdas/identity/provider.ts');
const { logoutTokenVerifier } = await import('../../lambdas/identity/logout-token.ts');
const strict = await import(`${new URL('../../lambdas/identity/provider.ts', import.meta.url).href}?strict`);

let dataDir: string;
let identity: Engine;
let portal: Engine;
let portalUrl: string;
let provider: Provider;
let logoutTokens: LogoutTokenVerifier;
const told: string[] = [];

const settings = () => ({
  PORTAL_URL: portalUrl,
  IDENTITY_ISSUER: identity.url,
  IDENTITY_CLIENT_ID: 'asiointi',
  IDENTITY_CLIENT_SECRET: 'portal-secret',
  IDENTITY_AUTHENTICATION: 'client_secret_basic',
});

const levels = ['http://ftn.ficora.fi/2017/loa2', 'http://ftn.ficora.fi/2017/loa3'];
const reading = (name: 'suomifi' | 'keycloak' = 'suomifi'): Reading => ({
  issuer: identity.url,
  vocabulary: vocabularyOf(name),
  levels: name === 'suomifi' ? levels : ['substantial', 'high'],
});
const clientKeys = memoryClientKeys();
const withSecret = (): Terms => ({ credentials: credentialsOf(settings(), clientKeys, Date.now), levels });
const withKeys = (now = Date.now): Terms => ({
  credentials: credentialsOf({ ...settings(), IDENTITY_AUTHENTICATION: 'private_key_jwt' }, clientKeys, now),
  levels,
});

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'provider-'));
  portal = await listen(async (request, response) => {
    if (request.url === '/api/auth/jwks.json') {
      const { body } = await showClientKeys({ now: Date.now() } as PublicRequest, clientKeys);
      return void response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    }
    told.push((await readBody(request)).toString());
    response.end();
  });
  portalUrl = portal.url.replace('127.0.0.1', 'localhost');
  identity = await startIdentity({
    ...{ portalUrl, clients: [], secrets: { asiointi: 'portal-secret' }, dataDir, now: Date.now },
  });
  provider = openidProvider(settings(), withSecret());
  logoutTokens = logoutTokenVerifier(identity.url, 'asiointi', provider.jwksUri);
});
after(async () => {
  await identity.close();
  await portal.close();
  rmSync(dataDir, { recursive: true });
});

const authorization: Authorization = {
  ...{
    state: 's'.repeat(43),
    nonce: 'n'.repeat(43),
    codeVerifier: 'v'.repeat(43),
    language: 'fi',
  },
};

/** Through the state's page as somebody, to the callback's address. */
const identify = async (
  given: Authorization,
  names: readonly RegExp[],
  tab = browser(identity.url),
  at = provider,
): Promise<URL> => {
  let page = await tab.open(await at.authorizationUrl(given));
  for (const name of [/^Pankkitunnus$/, ...names, /^Jatka palveluun$/]) page = await tab.press(page, name);
  return new URL(page.location ?? '');
};

const whyOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'accepted',
    ({ reason }: Refusal) => (reason.kind === 'identification-failed' ? reason.why : reason.kind),
  );

test('a person comes back with name and code, and their sign-out names nobody in its address', async () => {
  const callback = await identify(authorization, [/^Aino Mallikas$/]);
  assert.equal(callback.origin + callback.pathname, `${portalUrl}/api/auth/callback`);
  const { claims, signOutHint } = await provider.redeem(callback, authorization);
  const { identity: who, found, method, sid } = toIdentified(claims, reading());
  assert.deepEqual(who, { name: 'Aino Mallikas', identityCode: '120385-913J' });
  assert.deepEqual([found, method], [{ kind: 'person', code: '120385-913J' }, 'bank']);
  const url = new URL(await provider.signOutUrl(signOutHint, `${portalUrl}/sv/utloggad/`, 'sv'));
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    ...{ client_id: 'asiointi', logout_hint: sid, ui_locales: 'sv' },
    post_logout_redirect_uri: `${portalUrl}/sv/utloggad/`,
  });
});

test('a person from abroad has no code', async () => {
  const abroad = await provider.redeem(await identify(authorization, [/^Klara Muster$/]), authorization);
  const { identity: who, found } = toIdentified(abroad.claims, reading());
  assert.deepEqual([who, found.kind], [{ name: 'Klara Muster' }, 'foreign']);
});

test('another state, nonce, verifier or issuer, or a code used before, fails', async () => {
  const changes: Partial<Authorization>[] = [
    { state: 'x'.repeat(43) },
    { nonce: 'x'.repeat(43) },
    { codeVerifier: 'x'.repeat(43) },
  ];
  for (const change of changes) {
    const callback = await identify(authorization, [/^Aino Mallikas$/]);
    assert.equal(
      await whyOf(provider.redeem(callback, { ...authorization, ...change })),
      'failed',
      JSON.stringify(change),
    );
  }
  const mixed = await identify(authorization, [/^Aino Mallikas$/]);
  // RFC 9207: an answer that another issuer gave, or one that does not say who did, is not this issuer's.
  mixed.searchParams.set('iss', 'https://evil.example');
  assert.equal(await whyOf(provider.redeem(mixed, authorization)), 'failed');
  const silent = await identify(authorization, [/^Aino Mallikas$/]);
  silent.searchParams.delete('iss');
  assert.equal(await whyOf(provider.redeem(silent, authorization)), 'failed');
  const once = await identify(authorization, [/^Aino Mallikas$/]);
  await provider.redeem(once, authorization);
  assert.equal(await whyOf(provider.redeem(once, authorization)), 'failed');
});

test('who gives up there is told so, and a provider that does not answer is unavailable', async () => {
  const cancelled = new URL(`${portalUrl}/api/auth/callback`);
  cancelled.search = `${new URLSearchParams({ error: 'access_denied', state: authorization.state, iss: identity.url })}`;
  assert.equal(await whyOf(provider.redeem(cancelled, authorization)), 'cancelled');
  const nobody = openidProvider({ ...settings(), IDENTITY_ISSUER: 'http://127.0.0.1:9' }, withSecret());
  assert.equal(await whyOf(nobody.authorizationUrl(authorization)), 'unavailable');
});

test('what is deployed does not speak plain http', async () => {
  const deployed: Provider = strict.openidProvider(settings());
  assert.equal(await whyOf(deployed.authorizationUrl(authorization)), 'failed');
});

/** Signs in and out again at the provider; answers whose session that was, and the token it sent. */
const logoutOf = async (at: Provider, tab = browser(identity.url)) => {
  const { claims, signOutHint } = await at.redeem(
    await identify(authorization, [/^Aino Mallikas$/], tab, at),
    authorization,
  );
  const leaving = await tab.open(await at.signOutUrl(signOutHint, `${portalUrl}/fi/uloskirjauduttu/`, 'fi'));
  // The page's script presses the button that stands outside its form.
  const [form = ''] = /<form id="op.logoutForm"[\s\S]*?<\/form>/.exec(leaving.text) ?? [];
  const text = form.replace('</form>', '<button name="logout" value="yes">Jatka</button></form>');
  const left = await tab.press({ ...leaving, text }, /^Jatka$/);
  assert.equal(left.location, `${portalUrl}/fi/uloskirjauduttu/`);
  return { sid: claims.sid, token: new URLSearchParams(told.at(-1)).get('logout_token') ?? '' };
};

test('a sign-out elsewhere arrives as a token that names the session', async () => {
  const { sid, token } = await logoutOf(provider);
  const { sessions } = await logoutTokens.verify(token);
  assert.deepEqual(sessions, [{ issuer: identity.url, by: 'sid', value: sid }]);
});

/** The state with another way of doing things, on its own port. */
const another = async (t: TestContext, more: Partial<Parameters<typeof startIdentity>[0]>) => {
  const dir = mkdtempSync(join(tmpdir(), 'provider-'));
  const engine = await startIdentity({
    ...{
      portalUrl,
      clients: [],
      secrets: { asiointi: 'portal-secret' },
      dataDir: dir,
      now: Date.now,
      ...more,
    },
  });
  t.after(async () => {
    await engine.close();
    rmSync(dir, { recursive: true });
  });
  return { url: engine.url, settings: { ...settings(), IDENTITY_ISSUER: engine.url } };
};

test('with keys of our own: the token request is signed, the ID token encrypted, and what it says is read', async t => {
  const { url, settings: theirs } = await another(t, { portalUsesKeys: true });
  const keyed = openidProvider(theirs, withKeys());
  const callback = await identify(authorization, [/^Aino Mallikas$/], browser(url), keyed);
  const { claims } = await keyed.redeem(callback, authorization);
  assert.equal(toIdentified(claims, reading()).identity.identityCode, '120385-913J');

  // Who has only the old secret, or another's keys, is nobody; and an encrypted token opens with our key only.
  const secretOnly = openidProvider(theirs, withSecret());
  const again = () => identify(authorization, [/^Aino Mallikas$/], browser(url), keyed);
  assert.equal(await whyOf(secretOnly.redeem(await again(), authorization)), 'failed');
  const stranger = openidProvider(theirs, {
    credentials: credentialsOf(
      { ...settings(), IDENTITY_AUTHENTICATION: 'private_key_jwt' },
      memoryClientKeys(),
      Date.now,
    ),
    levels,
  });
  assert.equal(await whyOf(stranger.redeem(await again(), authorization)), 'failed');
  const { authentication } = await withKeys().credentials();
  const closed = openidProvider(theirs, {
    credentials: async () => ({ authentication, decryption: [] }),
    levels,
  });
  assert.equal(await whyOf(closed.redeem(await again(), authorization)), 'failed');
});

test('with keys of our own a sign-out elsewhere arrives encrypted, and only our key opens it', async t => {
  const { url, settings: theirs } = await another(t, { portalUsesKeys: true });
  const { sid, token } = await logoutOf(openidProvider(theirs, withKeys()), browser(url));
  assert.equal(token.split('.').length, 5);
  const verifierWith = (keys: ClientKeys) =>
    logoutTokenVerifier(
      url,
      'asiointi',
      async () => `${url}/.well-known/jwks.json`,
      () => knownKeys(keys, 'enc', Date.now()),
    );
  const { sessions } = await verifierWith(clientKeys).verify(token);
  assert.deepEqual(sessions, [{ issuer: url, by: 'sid', value: sid }]);
  const [head, key, iv, text = '', tag] = token.split('.');
  const flipped = (text[0] === 'A' ? 'B' : 'A') + text.slice(1);
  const isInvalid = ({ reason }: Refusal) => reason.kind === 'invalid-request';
  await assert.rejects(verifierWith(clientKeys).verify([head, key, iv, flipped, tag].join('.')), isInvalid);
  await assert.rejects(verifierWith(memoryClientKeys()).verify(token), isInvalid);
});

test("the city's Keycloak names things in its own way", async t => {
  const { url, settings: theirs } = await another(t, { issued: 'keycloak' });
  const broker = openidProvider(theirs, withSecret());
  const callback = await identify(authorization, [/^Aino Mallikas$/], browser(url), broker);
  const { claims } = await broker.redeem(callback, authorization);
  const { identity: who } = toIdentified(claims, reading('keycloak'));
  assert.deepEqual(who, { name: 'Aino Mallikas', identityCode: '120385-913J' });
  assert.equal(claims['urn:oid:1.2.246.21'], undefined);
});

test('a level below the one asked for is refused, and the next attempt is made to identify again', async () => {
  const tab = browser(identity.url);
  const weak = await identify(authorization, [/^Tunnistaudu heikosti$/], tab);
  const { claims } = await provider.redeem(weak, authorization);
  assert.equal(claims.acr, 'http://ftn.ficora.fi/2017/loa1');
  assert.equal(await whyOf(Promise.resolve().then(() => toIdentified(claims, reading()))), 'too-weak');
  const strong = await identify(authorization, [/^Aino Mallikas$/], tab);
  const { claims: better } = await provider.redeem(strong, authorization);
  assert.equal(toIdentified(better, reading()).identity.name, 'Aino Mallikas');
});

test('a provider whose clock is an hour ahead, or behind, is said to be that', async t => {
  for (const hours of [1, -1]) {
    const { url, settings: theirs } = await another(t, { now: () => Date.now() + hours * 3_600_000 });
    const skewed = openidProvider(theirs, withSecret());
    const callback = await identify(authorization, [/^Aino Mallikas$/], browser(url), skewed);
    assert.equal(await whyOf(skewed.redeem(callback, authorization)), 'clock', `${hours} h`);
  }
});
