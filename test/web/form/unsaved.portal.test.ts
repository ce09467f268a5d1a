/** What a form loses when things go wrong: nothing but a second's typing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { assertAccessible, assertNoSidewaysScroll, openProfile, scriptRuns } from '../../portal/browser.ts';
import { deleteDrafts, giveSession, registered } from '../../portal/citizen.ts';
import { command } from '../../portal/command.ts';
import {
  another,
  aSecond,
  canary,
  copies,
  draftingRoom,
  person,
  plate,
  press,
  saved,
  untilNoCopies,
} from './drafting.ts';

const { portal, arrive, at, openParking } = draftingRoom();

describe('what is typed', () => {
  it('outlives a browser that is killed, unreadable to whoever has the profile', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'profile-'));
    try {
      const citizen = await registered(portal.place, { person });
      await deleteDrafts(citizen);
      const first = await openProfile(profile);
      await giveSession(portal.place, first.context, citizen);
      await openParking(first.page);
      await first.context.setOffline(true);
      await plate(first.page).fill(canary);
      await aSecond(first.page);
      await first.kill();
      const grep = spawnSync('grep', ['-rlai', '-e', canary, '-e', [...canary].join('.'), profile]);
      assert.equal(grep.stdout.toString(), '', 'the typed text is in the profile');

      const second = await openProfile(profile);
      await giveSession(portal.place, second.context, citizen);
      await openParking(second.page);
      assert.equal(await plate(second.page).inputValue(), canary);
      await saved(second.page);
      await untilNoCopies(second.page);
      await second.context.close();
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });

  it('is on this device only while there is no network, and goes when there is', async () => {
    const { page, context } = await arrive('phone');
    await openParking(page);
    await context.setOffline(true);
    await plate(page).fill('ABC-1');
    await press(page, 'Tallenna luonnos');
    await page.getByText(/^Tallennettu vain tälle laitteelle/).waitFor();
    await assertAccessible(page, 'offline');
    await assertNoSidewaysScroll(page, 'offline');
    await context.setOffline(false);
    await saved(page);
    await untilNoCopies(page);
    await context.close();
  });

  it('is at the same field after the session has ended and one has signed in again', async () => {
    const { page, context } = await arrive();
    await page.goto(at(`/fi/lomake/koirailmoitus/`));
    await page.getByRole('radio', { name: 'Olen saanut uuden koiran' }).check();
    await page.getByRole('textbox', { name: 'Milloin tämä tapahtui?' }).fill('20.11.2026');
    await press(page, 'Seuraava');
    await page.getByLabel('Rotu').fill('Mäyräkoira');
    await aSecond(page);
    await command(portal.place, 'clock', '+2h1m');
    await press(page, 'Tallenna luonnos');
    await page.waitForURL(/\/fi\/uloskirjauduttu\/\?reason=idle/);
    await giveSession(portal.place, context, await registered(portal.place, { person }));
    const back = await page.getByRole('link', { name: 'Kirjaudu uudelleen' }).getAttribute('href');
    const path = new URL(back ?? '', portal.place.url).searchParams.get('return') ?? '';
    await page.goto(at(path));
    await page.getByRole('heading', { name: 'Koiran tiedot', level: 2 }).waitFor();
    await page.locator('input:focus').waitFor();
    assert.equal(await page.locator('input:focus').inputValue(), 'Mäyräkoira');
    await command(portal.place, 'clock', 'now');
    await context.close();
  });

  it('is not lost by signing out without being asked', async () => {
    const { page, context, complaints } = await arrive('phone');
    await openParking(page);
    await context.route('**/api/drafts/*', route =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await plate(page).fill('ABC-1');
    await aSecond(page);
    const signOut = page.locator('[data-sign-out]');
    await signOut.click();
    const question = page.getByRole('alertdialog', { name: 'Lomakkeen muutoksia ei ole tallennettu' });
    await question.waitFor();
    await assertAccessible(page, 'signing out with unsaved changes');
    await question.getByRole('button', { name: 'Pysy kirjautuneena' }).click();
    assert.equal(await plate(page).inputValue(), 'ABC-1');
    await page.goto(at('/fi/asiointikansio/'));
    await signOut.click();
    await question.waitFor();
    await question.getByRole('button', { name: 'Kirjaudu ulos ja hävitä muutokset' }).click();
    await page.waitForURL(at('/fi/uloskirjauduttu/'));
    assert.equal(await copies(page), 0);
    complaints();
    await context.close();
  });

  it('and is on this device only is among the drafts of the folder, to go on with or to delete', async () => {
    for (const [folder, said, goOn] of [
      ['/sv/arendemapp/', 'Sparat bara på den här enheten', undefined],
      ['/fi/asiointikansio/', 'Tallennettu vain tälle laitteelle', 'Jatka täyttämistä'],
    ] as const) {
      const { page, context } = await arrive('phone');
      await openParking(page);
      await context.setOffline(true);
      await plate(page).fill('DEV-1');
      await aSecond(page);
      await page.close();
      await context.setOffline(false);
      const next = await context.newPage();
      await next.goto(at(folder));
      await next.getByText(said, { exact: true }).waitFor();
      await assertAccessible(next, `a copy on this device (${folder})`);
      await assertNoSidewaysScroll(next, `a copy on this device (${folder})`);
      if (goOn) {
        await next.getByRole('button', { name: 'Poista', exact: true }).click();
        await next.getByRole('dialog').getByRole('button', { name: 'Säilytä luonnos' }).click();
        await next.getByRole('link', { name: goOn, exact: true }).click();
        await next.waitForURL(/lomake/);
        await scriptRuns(next);
        await plate(next).waitFor();
        assert.equal(await plate(next).inputValue(), 'DEV-1');
        await saved(next);
      } else {
        await next.locator('.draft button').click();
        await next.getByRole('dialog').locator('.hds-button--danger').click();
        await next.locator('#drafts:focus').waitFor();
        assert.equal(await copies(next), 0);
      }
      await context.close();
    }
  });

  it('is saved first when one signs out right after typing', async () => {
    const { page, context } = await arrive();
    await openParking(page);
    const saved = page.waitForRequest(
      request => request.method() === 'PUT' && (request.postData() ?? '').includes('SAVE-1ST'),
    );
    await plate(page).fill('SAVE-1ST');
    await page.locator('[data-sign-out]').click();
    await page.waitForURL(at('/fi/uloskirjauduttu/'));
    await saved;
    await context.close();
  });

  it('of another person stays shut, and is neither shown nor removed', async () => {
    const { page, context } = await arrive();
    await openParking(page);
    await context.route('**/api/drafts/*', route =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await plate(page).fill(canary);
    await aSecond(page);
    await page.close();
    await context.unroute('**/api/drafts/*');
    const other = await registered(portal.place, { person: another });
    await deleteDrafts(other);
    await giveSession(portal.place, context, other);
    const second = await context.newPage();
    await openParking(second);
    assert.equal(await plate(second).inputValue(), '');
    assert.equal(await copies(second), 1);
    await context.close();
  });
});
