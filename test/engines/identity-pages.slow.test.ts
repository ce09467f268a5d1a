import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startIdentity } from '../../lib/local/engines/identity.ts';
import { type Engine, listen } from '../../lib/local/engines/server.ts';
import { serveMailbox } from '../../lib/local/mailbox.ts';
import { assertAccessible, assertNoSidewaysScroll, openBrowser, visit } from '../portal/browser.ts';

let dataDir: string;
let portal: Engine;
let portalUrl: string;
let identity: Engine;
let browser: Browser;
/** Sign-outs the portal was told of through the browser. */
const frontchannel: string[] = [];

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'identity-pages-'));
  portal = await listen((request, response) => {
    if (request.url?.startsWith('/api/auth/frontchannel-logout')) frontchannel.push(request.url);
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Portaali</title>');
  });
  portalUrl = portal.url.replace('127.0.0.1', 'localhost');
  identity = await startIdentity({
    portalUrl,
    clients: [],
    secrets: { asiointi: 'portal-secret' },
    dataDir,
    now: Date.now,
    extraRoutes: serveMailbox(() => [
      { channel: 'sms', to: '+358401234567', text: 'Uutta', at: '2026-11-23T08:00:00Z' },
    ]),
  });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await identity.close();
  await portal.close();
  rmSync(dataDir, { recursive: true });
});

const authorization = (more: Record<string, string> = {}): string =>
  `${identity.url}/auth?${new URLSearchParams({
    client_id: 'asiointi',
    response_type: 'code',
    scope: 'openid',
    redirect_uri: `${portalUrl}/api/auth/callback`,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'state',
    ui_locales: 'fi',
    ...more,
  })}`;

const endSession = (): string =>
  `${identity.url}/session/end?${new URLSearchParams({
    client_id: 'asiointi',
    post_logout_redirect_uri: `${portalUrl}/fi/uloskirjauduttu/`,
    ui_locales: 'fi',
  })}`;

const check = async (page: Page, heading: string): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await assertAccessible(page, heading);
  await assertNoSidewaysScroll(page, heading);
};

test('every page can be used by anyone, at 320 pixels too, and leads on as a browser allows', async () => {
  const { page, context, complaints } = await visit(browser, 'phone');
  await page.setViewportSize({ width: 320, height: 640 });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  await page.goto(authorization());
  await check(page, 'Valitse tunnistustapa');
  await press('Mobiilivarmenne');
  await check(page, 'Valitse testihenkilö');
  await press('Jätä tunnistuspyyntö vahvistamatta');
  await page.getByRole('alert').getByText('Tapahtuman kesto ylitti aikarajan').waitFor();
  await check(page, 'Valitse tunnistustapa');
  await press('Varmennekortti');
  await press('Mikko Koeajo');
  await check(page, 'Tunnistautuminen onnistui');
  await press('Jatka palveluun');
  await page.waitForURL(/\/api\/auth\/callback\?code=/);

  await page.goto(authorization());
  await check(page, 'Siirryt tunnistautuneena uuteen palveluun');
  await press('Jatka palveluun');
  await page.waitForURL(/\/api\/auth\/callback\?code=/);

  await page.goto(endSession());
  await check(page, 'Haluatko kirjautua ulos?');
  await press('Kirjaudu ulos');
  await page.waitForURL(`${portalUrl}/fi/uloskirjauduttu/`);
  assert.equal(frontchannel.length, 1);
  assert.match(frontchannel[0] ?? '', /[?&]iss=http.*[?&]sid=.+/);

  await page.goto(endSession());
  await page.waitForURL(`${portalUrl}/fi/uloskirjauduttu/`);
  await page.goto(authorization());
  await page.getByRole('link', { name: 'Keskeytä' }).click();
  await page.waitForURL(/error=access_denied/);
  await page.goto(`${identity.url}/mailbox`);
  await check(page, 'Mailbox');
  assert.deepEqual(complaints(), []);
  await context.close();
});
