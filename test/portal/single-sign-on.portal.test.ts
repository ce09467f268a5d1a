/**
 * Logging in and out in every order, with two services of one identification: the portal and the local provider's own
 * stand-in of a state service (Suomi.fi's use cases: send and receive an identification, a logout request, its answer).
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page, Request } from 'playwright-core';
import { fullName, people } from '../../lib/local/engines/identity/people.ts';
import { assertAccessible, assertNoSidewaysScroll, openBrowser, type Visitor, visit } from './browser.ts';
import { nobody, personWithout, registered } from './citizen.ts';
import { type PortalPlace, portalUnderTest, type RunningPortal } from './portal.ts';

const person = personWithout(0);
const name = people.filter(({ id }) => id === person).map(fullName)[0] ?? '';
const stateName = 'Kokeiltava valtion palvelu';
const folderPath = '/fi/asiointikansio/';

let portal: RunningPortal;
let place: PortalPlace;
let browser: Browser;

before(async () => {
  portal = await portalUnderTest();
  place = portal.place;
  browser = await openBrowser();
  await registered(place, { person });
});
after(async () => {
  await browser.close();
  await portal.stop();
});

const heading = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true });
const button = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true });
const link = (page: Page, text: string) => page.getByRole('link', { name: text, exact: true });

const identify = async (page: Page): Promise<void> => {
  await button(page, 'Pankkitunnus').click();
  await button(page, name).click();
  await button(page, 'Jatka palveluun').click();
};

/** Single sign-on: nobody is identified again, but told which service is entered. */
const enter = async (page: Page, service: string): Promise<void> => {
  await heading(page, 'Siirryt tunnistautuneena uuteen palveluun').waitFor();
  await page.getByText(`Uusi palvelu: ${service}`).waitFor();
  assert.equal(await button(page, 'Pankkitunnus').count(), 0);
  await button(page, 'Jatka palveluun').click();
};

const stateUrl = () => `${place.identityUrl}/state-service/`;
const openState = (page: Page) => page.goto(stateUrl());
const isInState = async (page: Page): Promise<boolean> => {
  await openState(page);
  return (await page.getByText(`Olet kirjautunut: ${name}`).count()) === 1;
};
const openFolder = (page: Page) => page.goto(place.url + folderPath);
const asPerson = (page: Page) => link(page, 'Henkilöasiakas').click();
const inFolder = async (page: Page): Promise<void> => {
  await heading(page, 'Asiointikansio').waitFor();
  assert.equal(new URL(page.url()).pathname, folderPath);
};
const isInPortal = (page: Page): Promise<boolean> =>
  page.evaluate(async () => ((await (await fetch('/api/session')).json()) as { signedIn: boolean }).signedIn);

const signInToPortal = async (page: Page): Promise<void> => {
  await openFolder(page);
  await asPerson(page);
  await identify(page);
  await inFolder(page);
};
const signInToState = async (page: Page): Promise<void> => {
  await openState(page);
  await link(page, 'Kirjaudu').click();
};

/** Whatever the site has put into this browser. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const records = async (database: string): Promise<number> => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(database);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const counts = [...opened.objectStoreNames].map(
        store =>
          new Promise<number>(resolve => {
            const request = opened.transaction(store).objectStore(store).count();
            request.onsuccess = () => resolve(request.result);
          }),
      );
      const all = await Promise.all(counts);
      opened.close();
      return all.reduce((sum, count) => sum + count, 0);
    };
    const databases = await indexedDB.databases();
    const inDatabases = await Promise.all(databases.map(({ name: database = '' }) => records(database)));
    return {
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      records: inDatabases.reduce((sum, count) => sum + count, 0),
      caches: await caches.keys(),
    };
  });

const withVisitor = (title: string, act: (visitor: Visitor) => Promise<void>) =>
  test(title, async () => {
    const visitor = await visit(browser);
    try {
      await act(visitor);
    } finally {
      await visitor.context.close();
    }
  });

withVisitor(
  'in there, then here by a deep link of theirs; out here is out there, and nothing stays',
  async visitor => {
    const { context, page, complaints } = visitor;
    await signInToState(page);
    await identify(page);
    await page.getByText(`Olet kirjautunut: ${name}`).waitFor();
    await link(page, 'Avaa asiointikansio').click();
    await asPerson(page);
    await enter(page, 'Asiointi');
    await inFolder(page);
    // Opened, so that the browser keeps the page for its back button.
    await page.goto(`${place.url}/fi/omat-tiedot/`);
    await page.getByText(name).first().waitFor();

    const answered = page.waitForResponse(response => response.url().endsWith('/api/auth/sign-out'));
    await button(page, 'Kirjaudu ulos').click();
    // Chromium keeps what it has acted on from the quicker `headers()`.
    assert.equal(await (await answered).headerValue('clear-site-data'), '"cache"');
    await heading(page, 'Kirjaudut ulos').waitFor();
    for (const service of ['Asiointi', stateName])
      await page.getByRole('listitem').filter({ hasText: service }).waitFor();
    await heading(page, 'Olet kirjautunut ulos').waitFor();
    await page.getByText('Kirjauduit samalla ulos kaikista palveluista').waitFor();
    await page.getByText('Tyhjennä selaimen välimuisti').waitFor();
    await assertAccessible(page, 'signed out');
    await assertNoSidewaysScroll(page, 'signed out');

    assert.deepEqual(await stored(page), { local: [], session: [], records: 0, caches: [] });
    assert.deepEqual(
      (await context.cookies(place.url)).map(cookie => cookie.name).filter(one => one !== 'language'),
      [],
    );
    await page.goBack();
    await page.waitForURL(url => !url.pathname.startsWith('/session/'));
    await page.goto(`${place.url}/fi/omat-tiedot/`);
    await link(page, 'Henkilöasiakas').waitFor();
    assert.doesNotMatch(await page.locator('body').innerText(), new RegExp(name));
    assert.equal(await isInState(page), false);
    // What the sign-in pages fetch of a session that is no more is refused, nothing else.
    assert.deepEqual(
      complaints().filter(line => !/401/.test(line)),
      [],
    );
  },
);

withVisitor(
  'in here, then there; out there ends it here by the front channel alone, without any cookie',
  async ({ page, context }) => {
    await signInToPortal(page);
    const other = await context.newPage();
    await signInToState(other);
    await enter(other, stateName);
    await other.getByText(`Olet kirjautunut: ${name}`).waitFor();

    // The provider tells by the back channel when this is sent.
    await other.route('**/session/end/confirm', route => route.abort());
    const frames: Request[] = [];
    other.on('requestfinished', request => {
      if (request.url().includes('/api/auth/frontchannel-logout')) frames.push(request);
    });
    await link(other, 'Kirjaudu ulos').click();
    await other.waitForEvent('requestfailed', request => request.url().endsWith('/session/end/confirm'));
    assert.equal(frames.length, 1);
    const { cookie } = (await frames[0]?.allHeaders()) ?? {};
    assert.equal(cookie, undefined, 'a frame of another site brings no cookie: the session is found by sid');
    assert.equal(await isInPortal(page), false);
    await page.reload();
    await link(page, 'Henkilöasiakas').waitFor();
  },
);

withVisitor('out there ends it here by the back channel alone', async ({ page, context }) => {
  await signInToPortal(page);
  const other = await context.newPage();
  await signInToState(other);
  await enter(other, stateName);
  await other.getByText(`Olet kirjautunut: ${name}`).waitFor();
  await other.route('**/api/auth/frontchannel-logout**', route => route.abort());
  await link(other, 'Kirjaudu ulos').click();
  await other.getByText('Et ole kirjautunut.').waitFor();
  assert.equal(await isInPortal(page), false);
});

withVisitor(
  'cancelled there: plain words, and the next attempt still leads to the form one came for',
  async ({ page, complaints }) => {
    const form = '/fi/lomake/koirailmoitus/';
    await page.goto(place.url + form);
    await asPerson(page);
    await link(page, 'Keskeytä').click();
    await heading(page, 'Tunnistautuminen ei onnistunut').waitFor();
    await page.getByText('Keskeytit tunnistautumisen.').waitFor();
    await link(page, 'Yritä uudelleen').click();
    await asPerson(page);
    await identify(page);
    await heading(page, 'Koirailmoitus').waitFor();
    assert.equal(new URL(page.url()).pathname, form);
    assert.deepEqual(complaints(), []);
  },
);

withVisitor(
  'one person in two browsers is two sessions; in one browser only the newest sign-in lives',
  async ({ page, context }) => {
    const library = await visit(browser);
    await signInToPortal(library.page);
    await signInToPortal(page);
    const sessionIn = async () =>
      (await context.cookies(place.url)).find(cookie => cookie.name === '__Host-session')?.value ?? '';
    const first = await sessionIn();
    const tab = await context.newPage();
    await tab.goto(`${place.url}/api/auth/sign-in?return=${folderPath}`);
    await enter(tab, 'Asiointi');
    await inFolder(tab);
    assert.notEqual(await sessionIn(), first);
    const thief = nobody(place);
    thief.cookies.set('__Host-session', first);
    assert.equal((await thief.call('GET', '/api/cases')).status, 401);

    await button(library.page, 'Kirjaudu ulos').click();
    await heading(library.page, 'Olet kirjautunut ulos').waitFor();
    await library.context.close();
    assert.equal(await isInPortal(tab), true);
    assert.equal(await isInPortal(page), true);
  },
);
