/** Against the local issuer, a real OpenID provider: what the stub of the other tests stands for. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { toIdentified } from '../../lambdas/identity/claims.ts';
import type { LogoutTokenVerifier } from '../../lambdas/identity/logout-token.ts';
import type { Authorization, Provider } from '../../lambdas/identity/provider.ts';
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
});

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'provider-'));
  portal = await listen(async (request, response) => {
    told.push((await readBody(request)).toString());
    response.end();
  });
  portalUrl = portal.url.replace('127.0.0.1', 'localhost');
  identity = await startIdentity({
    ...{ portalUrl, clients: [], secrets: { asiointi: 'portal-secret' }, dataDir, now: Date.now },
  });
  provider = openidProvider(settings());
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
    as: 'person',
    language: 'fi',
  },
};

/** Through the state's page as somebody, to the callback's address. */
const identify = async (
  given: Authorization,
  names: readonly RegExp[],
  tab = browser(identity.url),
): Promise<URL> => {
  let page = await tab.open(await provider.authorizationUrl(given));
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
  const { identity: who, found, method, sid } = toIdentified(claims, 'person');
  assert.deepEqual(who, { name: 'Aino Mallikas', identityCode: '120385-913J' });
  assert.deepEqual([found, method], [{ kind: 'person', code: '120385-913J' }, 'bank']);
  const url = new URL(await provider.signOutUrl(signOutHint, `${portalUrl}/sv/utloggad/`, 'sv'));
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    ...{ client_id: 'asiointi', logout_hint: sid, ui_locales: 'sv' },
    post_logout_redirect_uri: `${portalUrl}/sv/utloggad/`,
  });
});

test('an organisation is the one chosen there; a person from abroad has no code', async () => {
  const organisation: Authorization = { ...authorization, as: 'organisation' };
  const callback = await identify(organisation, [/^Mikko Koeajo$/, /^Koeajo Oy$/]);
  const { claims } = await provider.redeem(callback, organisation);
  assert.deepEqual(toIdentified(claims, 'organisation').identity, {
    ...{ name: 'Mikko Koeajo', identityCode: '150778-957A' },
    organisation: { businessId: '0990012-8', name: 'Koeajo Oy' },
  });
  const abroad = await provider.redeem(await identify(authorization, [/^Klara Muster$/]), authorization);
  const { identity: who, found } = toIdentified(abroad.claims, 'person');
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
  mixed.searchParams.set('iss', 'https://evil.example');
  assert.equal(await whyOf(provider.redeem(mixed, authorization)), 'failed');
  const once = await identify(authorization, [/^Aino Mallikas$/]);
  await provider.redeem(once, authorization);
  assert.equal(await whyOf(provider.redeem(once, authorization)), 'failed');
});

test('who gives up there is told so, and a provider that does not answer is unavailable', async () => {
  const cancelled = new URL(`${portalUrl}/api/auth/callback`);
  cancelled.search = `${new URLSearchParams({ error: 'access_denied', state: authorization.state, iss: identity.url })}`;
  assert.equal(await whyOf(provider.redeem(cancelled, authorization)), 'cancelled');
  const nobody = openidProvider({ ...settings(), IDENTITY_ISSUER: 'http://127.0.0.1:9' });
  assert.equal(await whyOf(nobody.authorizationUrl(authorization)), 'unavailable');
});

test('what is deployed does not speak plain http', async () => {
  const deployed: Provider = strict.openidProvider(settings());
  assert.equal(await whyOf(deployed.authorizationUrl(authorization)), 'failed');
});

test('a sign-out elsewhere arrives as a token that names the session', async () => {
  const tab = browser(identity.url);
  const { claims, signOutHint } = await provider.redeem(
    await identify(authorization, [/^Aino Mallikas$/], tab),
    authorization,
  );
  const leaving = await tab.open(
    await provider.signOutUrl(signOutHint, `${portalUrl}/fi/uloskirjauduttu/`, 'fi'),
  );
  // The page's script presses the button that stands outside its form.
  const [form = ''] = /<form id="op.logoutForm"[\s\S]*?<\/form>/.exec(leaving.text) ?? [];
  const text = form.replace('</form>', '<button name="logout" value="yes">Jatka</button></form>');
  const left = await tab.press({ ...leaving, text }, /^Jatka$/);
  assert.equal(left.location, `${portalUrl}/fi/uloskirjauduttu/`);
  const token = new URLSearchParams(told.at(-1)).get('logout_token') ?? '';
  const { sessions } = await logoutTokens.verify(token);
  assert.deepEqual(sessions, [{ issuer: identity.url, by: 'sid', value: claims.sid }]);
});
