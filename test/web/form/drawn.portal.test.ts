import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import { assertAccessible, openBrowser, type Visitor, visit } from '../../portal/browser.ts';
import { deleteDrafts, giveSession, registered } from '../../portal/citizen.ts';
import { portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

let portal: RunningPortal;
let browser: Browser;
before(async () => {
  [portal, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

/** A browser in which the form page's script comes only when it is let. */
const arrive = async (isSignedIn = true): Promise<Visitor & { let(): void }> => {
  const visitor = await visit(browser, 'phone');
  if (isSignedIn) {
    const person = people.find(({ organisations }) => organisations.length === 0)?.id ?? '';
    const citizen = await registered(portal.place, { person });
    await deleteDrafts(citizen);
    await giveSession(portal.place, visitor.context, citizen);
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  await visitor.page.route(/\/assets\/form-[^/]*\.js$/, async route => {
    await promise;
    await route.continue();
  });
  return { ...visitor, let: resolve };
};

const address = (id = 'koirailmoitus'): string => `${portal.place.url}/fi/lomake/${id}/`;
const date = (page: Page) => page.getByRole('textbox', { name: 'Milloin tämä tapahtui' });
const reason = (page: Page) => page.getByRole('radio', { name: 'Olen saanut uuden koiran' });
/** The drawn fields are gone: the script has drawn its own. */
const taken = (page: Page) => page.locator('.drawn').waitFor({ state: 'detached' });

test('the first questions are there before the script, and what is typed and pressed meanwhile counts', async () => {
  const { page, context, complaints, let: letScript } = await arrive();
  await page.goto(address(), { waitUntil: 'commit' });
  await reason(page).check();
  await date(page).fill('3.5.2026');
  await assertAccessible(page, 'a form before its script');
  letScript();
  await taken(page);
  assert.equal(await reason(page).isChecked(), true);
  assert.equal(await date(page).inputValue(), '3.5.2026');
  assert.equal(await date(page).evaluate(field => field === document.activeElement), true);
  await page.getByRole('button', { name: 'Seuraava', exact: true }).click();
  await page.getByRole('heading', { name: 'Koiran tiedot', level: 2 }).waitFor();
  assert.equal(new URL(page.url()).search.replace(/^\?draft=.*$/, ''), '');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('Seuraava pressed before the script is there leads on once it is; nothing gets into the address', async () => {
  const { page, context, let: letScript } = await arrive();
  await page.goto(address(), { waitUntil: 'commit' });
  await reason(page).check();
  await date(page).fill('3.5.2026');
  await date(page).press('Enter');
  assert.equal(page.url(), address());
  letScript();
  await page.getByRole('heading', { name: 'Koiran tiedot', level: 2 }).waitFor();
  assert.doesNotMatch(page.url(), /field|uuden|2026-05|3\.5/);
  await context.close();
});

test('who is not signed in sees no questions on the way to sign in', async () => {
  const { page, context, let: letScript } = await arrive(false);
  await page.goto(address(), { waitUntil: 'commit' });
  await page.locator('.spinner').waitFor();
  assert.equal(await page.locator('.drawn').isVisible(), false);
  letScript();
  await page.waitForURL(url => url.pathname === '/fi/kirjaudu/');
  await context.close();
});

test('where the address names a draft, the form’s beginning is not shown instead of it', async () => {
  const { page, context } = await arrive();
  await page.goto(`${address()}?draft=00000000-0000-4000-8000-000000000000`, {
    waitUntil: 'commit',
  });
  await page.locator('.spinner').waitFor();
  assert.equal(await page.locator('.drawn').isVisible(), false);
  await context.close();
});
