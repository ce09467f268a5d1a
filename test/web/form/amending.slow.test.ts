/** A draft that changes a sent case says so wherever somebody meets it, and never becomes a case of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { DraftAnswer } from '../../../lambdas/http/wire/drafts.ts';
import { makeDraft, person } from '../folder/people.ts';
import { openStage, settled, stageBrowser } from '../folder/stage.ts';

const browser = await stageBrowser();

const number = 'HEL-2026-000123';
const id = `amend-${number}-1`;

/** Somebody who has begun to change a case. */
const changing = () => {
  const state = person();
  const form = state.form as { readonly version: string };
  const draft = { ...makeDraft(0), id, form: 'koirailmoitus', formVersion: form.version };
  const answers = { koira: { nimi: 'Musti' } };
  const begun: DraftAnswer = { ...draft, language: 'fi', page: 0, answers, attachments: [] };
  return {
    ...state,
    form: { ...form, availability: 'open', now: Date.now() },
    drafts: [draft, makeDraft(1)],
    begun: [begun],
  };
};

const scene = { page: 'form', rest: ['koirailmoitus'], query: `?draft=${id}` } as const;

test('every step of a form that changes a sent case says which', async t => {
  const { page } = await openStage(t, browser, changing(), scene);
  await page.getByText(`Muutat asiaa ${number}, joka on jo lähetetty`).waitFor();
  assert.equal(await page.getByLabel('Nimi').inputValue(), 'Musti');
  await page.getByRole('button', { name: 'Seuraava' }).click();
  await page.getByRole('heading', { name: 'Tarkista vastaukset' }).waitFor();
  await page.getByText(`Muutat asiaa ${number}, joka on jo lähetetty`).waitFor();
});

test('of the drafts one could go on with, a change is none', async t => {
  const state = changing();
  const [change] = state.begun;
  assert.ok(change);
  const draft = { ...change, id: 'draft-0007', answers: { koira: { nimi: 'Rekku' } } };
  state.drafts.push(draft);
  state.begun.push(draft);
  const { page } = await openStage(t, browser, state, { page: 'form', rest: ['koirailmoitus'] });
  await page.getByRole('heading', { name: 'Sinulla on keskeneräinen lomake' }).waitFor();
  const offers = page.getByRole('button', { name: 'Jatka tätä' });
  // Of the three drafts of this form.
  assert.equal(await offers.count(), 2);
  await offers.last().click();
  await page.getByRole('button', { name: 'Seuraava' }).waitFor();
  assert.equal(await page.getByLabel('Nimi').inputValue(), 'Rekku');
  assert.equal(await page.getByText('Muutat asiaa').count(), 0);
});

test('a change that is gone leads to its case and nowhere else', async t => {
  const { page } = await openStage(t, browser, { ...changing(), begun: [] }, scene);
  await page.getByText('Muutosta ei voi enää jatkaa').waitFor();
  const way = page.getByRole('link', { name: `Siirry asiaan ${number}` });
  assert.equal(await way.getAttribute('href'), `/fi/asiointikansio/${number}/`);
  assert.equal(await page.locator('#app').getByRole('button').count(), 0);
});

test('a change that goes while it is made cannot be kept as a draft of its own', async t => {
  const { page, portal } = await openStage(t, browser, changing(), scene);
  await page.getByLabel('Nimi').fill('Mustikka');
  portal.state.begun = [];
  await page.getByRole('button', { name: 'Tallenna luonnos' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('link', { name: `Siirry asiaan ${number}` }).waitFor();
  assert.deepEqual(await dialog.getByRole('button').allTextContents(), ['Jää tälle sivulle']);
  await dialog.getByRole('button').click();
  assert.equal(await page.getByLabel('Nimi').inputValue(), 'Mustikka');
  assert.equal(await page.getByRole('button', { name: 'Vertaa ja valitse' }).count(), 0);
});

test('the front page tells a change from a form that is begun', async t => {
  const { page } = await openStage(t, browser, changing(), { page: 'front' });
  await settled(page);
  const ways = page.getByRole('region', { name: 'Luonnokset' }).getByRole('link');
  assert.deepEqual(await ways.allTextContents(), [
    `Jatka asian ${number} muuttamista: Koirailmoitus`,
    'Jatka: Päivähoitohakemus',
  ]);
});

test('a file the case has already is as far as it is there', async t => {
  const state = changing();
  const { form } = compileForm({
    id: 'koirailmoitus',
    schema: {
      type: 'object',
      properties: {
        koira: {
          type: 'object',
          title: 'Koiran tiedot',
          properties: { todistus: { type: 'object', title: 'Rokotustodistus' } },
        },
      },
    },
    uiSchema: { koira: { todistus: { 'ui:field': 'atvFile' } } },
  });
  assert.ok(form);
  const todistus = { integrationID: 'a1', fileName: 'todistus.pdf', size: 1000, isNewAttachment: true };
  const { page } = await openStage(
    t,
    browser,
    {
      ...state,
      form: { ...form, availability: 'open', now: Date.now() },
      begun: state.begun.map(one => ({
        ...one,
        formVersion: form.version,
        answers: { koira: { todistus } },
      })),
      added: [{ id: 'a1', name: 'todistus.pdf', size: 1000, sha256: '', type: '', state: 'received' }],
    },
    scene,
  );
  await page.locator('.file-list li', { hasText: 'todistus.pdf' }).getByText('Vastaanotettu').waitFor();
});
