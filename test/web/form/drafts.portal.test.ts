import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible, assertNoSidewaysScroll, type widths } from '../../portal/browser.ts';
import { deleteDrafts } from '../../portal/citizen.ts';
import { command, mailbox } from '../../portal/command.ts';
import { canary, copies, draftingRoom, parking, plate, press, saved } from './drafting.ts';

const { portal, arrive, at, openParking } = draftingRoom();

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

  it('is saved as its step changes, by the browser’s own Back too', async () => {
    const { page, context, citizen } = await arrive('phone');
    await openParking(page);
    await plate(page).fill('AAA-1');
    await press(page, 'Tallenna luonnos');
    await saved(page);
    const [{ id }] = (await citizen.call('GET', '/api/drafts')).json().items;
    const untilSavedAt = async (step: number): Promise<void> => {
      const at = async () => (await citizen.call('GET', `/api/drafts/${id}`)).json().page;
      // Sooner than 15 seconds, or it is not the step that saved it.
      for (let tries = 0; tries < 50 && (await at()) !== step; tries += 1) await page.waitForTimeout(200);
      assert.equal(await at(), step);
    };
    await page.getByRole('button', { name: 'Tarkista vastaukset' }).click();
    await untilSavedAt(3);
    await page.goBack();
    await plate(page).waitFor();
    await untilSavedAt(0);
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
