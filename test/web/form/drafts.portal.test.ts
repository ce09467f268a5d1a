/** What a form loses when things go wrong: nothing but a second's typing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { people } from '../../../lib/local/engines/identity/people.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  openProfile,
  scriptRuns,
  visit,
  type widths,
} from '../../portal/browser.ts';
import { type Citizen, registered } from '../../portal/citizen.ts';
import { command, mailbox } from '../../portal/command.ts';
import { portalUnderTest, type RunningPortal } from '../../portal/portal.ts';

/** Nobody else types this. */
const canary = 'Kanarialintu';

let portal: RunningPortal;
let browser: Browser;
before(async () => {
  [portal, browser] = await Promise.all([portalUnderTest(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await command(portal.place, 'clock', 'now');
  await portal?.stop();
});

const persons = people.filter(({ organisations }) => organisations.length === 0);
const [{ id: person = '' } = {}, { id: another = '' } = {}] = persons;

const giveSession = async (context: BrowserContext, { cookies }: Citizen): Promise<void> => {
  // A `__Host-` cookie is set over https only; Chromium then sends it to localhost by http as well.
  const url = portal.place.url.replace('http:', 'https:');
  await context.addCookies(
    [...cookies].map(([name, value]) => ({ name, value, url, secure: name.startsWith('__Host-') })),
  );
};

const deleteDrafts = async (citizen: Citizen): Promise<void> => {
  for (const { id } of (await citizen.call('GET', '/api/drafts')).json().items)
    await citizen.call('DELETE', `/api/drafts/${id}`);
};

/** A browser whose owner is signed in, and has no drafts. */
const arrive = async (width: keyof typeof widths = 'desktop', who = person) => {
  const citizen = await registered(portal.place, { person: who });
  await deleteDrafts(citizen);
  const visitor = await visit(browser, width);
  await giveSession(visitor.context, citizen);
  return { ...visitor, citizen };
};

const at = (path: string): string => portal.place.url + path;
const parking = '/fi/lomake/asukaspysakointitunnus/';
const plate = (page: Page) => page.getByLabel('Rekisteritunnus');
const openParking = async (page: Page, query = ''): Promise<void> => {
  await page.goto(at(parking + query));
  await scriptRuns(page);
  await plate(page).waitFor();
};
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const saved = (page: Page) => page.getByText(/^Luonnos tallennettu klo /).waitFor();
const aSecond = (page: Page) => page.waitForTimeout(1_000);
const copies = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const request = indexedDB.open('unsaved');
        request.onsuccess = () => {
          const count = request.result.transaction('copies').objectStore('copies').count();
          count.onsuccess = () => resolve(count.result);
        };
      }),
  );
const untilNoCopies = async (page: Page): Promise<void> => {
  for (let tries = 0; tries < 50 && (await copies(page)) > 0; tries += 1) await page.waitForTimeout(100);
  assert.equal(await copies(page), 0);
};

describe('what is typed', () => {
  it('outlives a browser that is killed, unreadable to whoever has the profile', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'profile-'));
    try {
      const citizen = await registered(portal.place, { person });
      await deleteDrafts(citizen);
      const first = await openProfile(profile);
      await giveSession(first.context, citizen);
      await openParking(first.page);
      await first.context.setOffline(true);
      await plate(first.page).fill(canary);
      await aSecond(first.page);
      await first.kill();
      const grep = spawnSync('grep', ['-rlai', '-e', canary, '-e', [...canary].join('.'), profile]);
      assert.equal(grep.stdout.toString(), '', 'the typed text is in the profile');

      const second = await openProfile(profile);
      await giveSession(second.context, citizen);
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
    await giveSession(context, await registered(portal.place, { person }));
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
    await giveSession(context, other);
    const second = await context.newPage();
    await openParking(second);
    assert.equal(await plate(second).inputValue(), '');
    assert.equal(await copies(second), 1);
    await context.close();
  });
});

describe('two windows', () => {
  /** The first goes on from what the second has saved over meanwhile. */
  const contest = async (
    width: keyof typeof widths,
    language = 'fi/lomake',
    names = ['Rekisteritunnus', 'Tallenna luonnos'],
  ) => {
    const { page, context } = await arrive(width);
    const [label = '', save = ''] = names;
    const field = (window: Page) => window.getByLabel(label);
    await page.goto(at(`/${language}/asukaspysakointitunnus/`));
    await field(page).fill('AAA-1');
    await press(page, save);
    await page.waitForURL(/draft=/);
    const second = await context.newPage();
    await second.goto(page.url());
    await field(second).fill('BBB-2');
    await press(second, save);
    await second.locator('.save-state', { hasText: /\d/ }).waitFor();
    await field(page).fill('CCC-3');
    await press(page, save);
    await page.getByRole('alertdialog').waitFor();
    await page.locator('dialog table').waitFor();
    return { page, second, context };
  };

  it('see both versions with their times, and one chooses', async () => {
    const { page, second, context } = await contest('phone');
    const dialog = page.getByRole('alertdialog', { name: 'Luonnosta on muutettu toisaalla' });
    assert.match(await dialog.locator('tbody').innerText(), /Rekisteritunnus[\s\S]*CCC-3[\s\S]*BBB-2/);
    assert.match(
      await dialog.innerText(),
      /Tällä sivulla, muutettu .* klo [\d.]+[\s\S]*Toisaalla, tallennettu .* klo/,
    );
    await assertAccessible(page, 'a conflict');
    await assertNoSidewaysScroll(page, 'a conflict');
    await page.keyboard.press('Escape');
    await page.getByText('Tämän sivun muutoksia ei tallenneta ennen kuin').waitFor();
    assert.equal(await plate(second).inputValue(), 'BBB-2');
    await press(page, 'Vertaa ja valitse');
    await press(page, 'Säilytä tällä sivulla olevat tiedot');
    await saved(page);
    await second.reload();
    await plate(second).waitFor();
    assert.equal(await plate(second).inputValue(), 'CCC-3');
    await context.close();
  });

  it('differ in more than one answer: each is picked by itself, the newer by default', async () => {
    const { page, context } = await arrive('phone');
    const owner = (window: Page) => window.getByRole('radio').first();
    const poor = (window: Page) => window.getByLabel('Ei', { exact: true });
    await openParking(page);
    await plate(page).fill('AAA-1');
    await press(page, 'Tallenna luonnos');
    await page.waitForURL(/draft=/);
    const second = await context.newPage();
    await second.goto(page.url());
    await plate(second).fill('BBB-2');
    await owner(second).check();
    await press(second, 'Tallenna luonnos');
    await saved(second);
    await plate(page).fill('CCC-3');
    await poor(page).check();
    await press(page, 'Tallenna luonnos');
    const dialog = page.getByRole('alertdialog');
    await dialog.locator('tbody tr').nth(2).waitFor();
    const chosen = () =>
      dialog.locator('input:checked').evaluateAll(all => all.map(one => one.getAttribute('aria-label')));
    for (const label of await chosen()) assert.match(label ?? '', /, Tällä sivulla, muutettu .*klo/);
    await assertAccessible(page, 'a conflict in several answers');
    await assertNoSidewaysScroll(page, 'a conflict in several answers');
    // The plate as it is here, whose car it is as the other window said.
    await dialog.locator('tbody tr').nth(1).getByRole('radio').nth(1).check();
    await press(page, 'Käytä valittuja tietoja');
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    await second.reload();
    await plate(second).waitFor();
    assert.equal(await plate(second).inputValue(), 'CCC-3');
    assert.deepEqual([await owner(second).isChecked(), await poor(second).isChecked()], [true, true]);
    await context.close();
  });

  for (const [language, path, names] of [
    ['sv', 'sv/blankett', ['Registertecken', 'Spara utkast']],
    ['en', 'en/form', ['Registration number', 'Save draft']],
  ] as const)
    it(`are accessible in ${language} too`, async () => {
      const { page, context } = await contest('desktop', path, [...names]);
      await assertAccessible(page, `a conflict in ${language}`);
      await context.close();
    });

  it('a draft deleted elsewhere is told of, and can be kept as a new one', async () => {
    const { page, context, citizen } = await arrive();
    await openParking(page);
    await plate(page).fill('AAA-1');
    await press(page, 'Tallenna luonnos');
    await saved(page);
    const gone = page.url();
    await deleteDrafts(citizen);
    await plate(page).fill('AAA-2');
    await press(page, 'Tallenna luonnos');
    await page.getByText('Luonnos on lähetetty tai poistettu toisaalla.', { exact: false }).waitFor();
    await press(page, 'Tallenna uutena luonnoksena');
    await saved(page);
    assert.notEqual(page.url(), gone);
    await page.goto(gone);
    await page.getByText('Tätä luonnosta ei enää ole').waitFor();
    await assertAccessible(page, 'a draft that is gone');
    await context.close();
  });
});

describe('a draft', () => {
  it('of the same form is offered, to go on with or to begin anew', async () => {
    const { page, context } = await arrive('phone');
    await openParking(page);
    await plate(page).fill('AAA-1');
    await press(page, 'Tallenna luonnos');
    await saved(page);
    await page.goto(at(parking));
    await page.getByRole('heading', { name: 'Sinulla on keskeneräinen lomake' }).waitFor();
    await assertAccessible(page, 'the offer');
    await assertNoSidewaysScroll(page, 'the offer');
    await press(page, 'Aloita uusi lomake');
    await plate(page).waitFor();
    assert.equal(await plate(page).inputValue(), '');
    await page.goto(at(parking));
    await press(page, 'Jatka tätä');
    await plate(page).waitFor();
    assert.equal(await plate(page).inputValue(), 'AAA-1');
    await context.close();
  });

  it('keeps its step and its answers when the language changes, stored or not', async () => {
    const { page, context } = await arrive();
    await openParking(page);
    await plate(page).fill('AAA-1');
    await page.getByRole('button', { name: 'Tarkista vastaukset' }).click();
    await page.getByRole('heading', { name: 'Tarkista vastaukset' }).waitFor();
    await page.getByRole('link', { name: 'Svenska' }).click();
    await page.waitForURL(/\/sv\//);
    await page.locator('.answers').waitFor();
    assert.match(await page.locator('.answers').innerText(), /AAA-1/);

    await page.goto(at('/fi/lomake/terveydenhuollon-suostumus/'));
    await page.getByLabel(/Suostun siihen/).check();
    await page.getByLabel(/Ymmärrän, että/).check();
    await press(page, 'Seuraava');
    await page.getByLabel(/Oma terveysasemasi/).fill(canary);
    await page.getByRole('link', { name: 'English' }).click();
    await page.waitForURL(/\/en\//);
    await page.locator('form.form').waitFor();
    await page.locator('input:focus').waitFor();
    assert.equal(await page.locator('input:focus').inputValue(), canary);
    assert.equal(await page.evaluate(() => location.hash), '');
    assert.equal(await copies(page), 0);

    // Whoever is signed in no more is led away, and leaves nothing of it here.
    await context.clearCookies();
    await page.getByRole('link', { name: 'Suomi' }).click();
    await page.waitForURL(/\/fi\/.*return=/);
    assert.equal(await copies(page), 0);
    await context.close();
  });

  it('takes its files with it, and its owner is warned a week before it goes, once', async () => {
    const { page, context, citizen } = await arrive();
    await openParking(page);
    await plate(page).fill('AAA-1');
    await press(page, 'Tallenna luonnos');
    await saved(page);
    const [{ expiresAt }] = (await citizen.call('GET', '/api/drafts')).json().items;
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    const before = (await mailbox(portal.place)).length;
    const warn = async (days: number) => {
      await command(portal.place, 'clock', `${day(expiresAt - days * 86_400_000)}T12:00:00Z`);
      await invoke('drafts-warn');
    };
    await warn(9);
    assert.equal((await mailbox(portal.place)).length, before);
    await warn(7);
    await warn(6);
    const letters = (await mailbox(portal.place)).slice(before);
    assert.equal(letters.length, 1);
    assert.match(letters[0]?.subject ?? '', /luonnos poistetaan pian/);
    assert.doesNotMatch(letters[0]?.text ?? '', /pysäköinti|AAA/i);
    await command(portal.place, 'clock', 'now');
    await context.close();
  });
});

const invoke = async (name: string): Promise<unknown> => {
  const { controlIn } = await import('../../../lib/local/control.ts');
  return controlIn(portal.place.data)?.invoke(name, {});
};
