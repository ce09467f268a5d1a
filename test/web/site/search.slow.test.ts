/** The list of all services in the browser, with the city's real register. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { searchFiles, searchUrls } from '../../../lambdas/catalogue/search-files.ts';
import { readSite } from '../../../web/build/site.ts';
import { pageUrl } from '../../../web/urls.ts';
import { loadPublisher } from '../../catalogue/publisher.ts';
import { realRegisterAbsent, realServices } from '../../catalogue/real-register.ts';
import { assertAccessible, assertNoSidewaysScroll, openBrowser, visit } from '../../portal/browser.ts';
import { serveSite } from './server.ts';
import { type BuiltSite, builtSite } from './site.ts';

let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
const list = pageUrl('fi', 'services');

/** Puts the whole catalogue where the build left our own services only. */
const publish = async ({ folder, assets }: BuiltSite): Promise<void> => {
  const services = await realServices();
  const files = searchFiles(services);
  const { renderCatalogue } = await loadPublisher();
  const pages = renderCatalogue({ services, site: readSite(), assets, searchIndex: searchUrls(files) });
  const texts = [...pages].map(({ path, html }) => [path, html] as const);
  for (const [path, text] of [
    ...texts,
    ...Object.values(files).map(file => [file.path, file.text] as const),
  ]) {
    const file = join(folder, 'site', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
};

before(async () => {
  if (realRegisterAbsent) return;
  site = await builtSite();
  await publish(site);
  server = await serveSite(join(site.folder, 'site'));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
  site?.remove();
});

const shown = (page: Page): Promise<(string | null)[]> =>
  page.locator('[data-service]:visible').evaluateAll(all => all.map(one => one.getAttribute('data-service')));
const countOf = (page: Page, label: string): Promise<string | null> =>
  page.locator('label', { hasText: label }).locator('.muted').textContent();
const settled = (page: Page) => page.locator('.services:not([aria-busy])').waitFor();

test('nothing of the search is fetched before somebody searches; then each letter is answered, best first', {
  skip: realRegisterAbsent,
}, async () => {
  const { context, page, complaints } = await visit(browser);
  const indexes: string[] = [];
  page.on('request', request => {
    if (request.url().includes('/catalogue/search/')) indexes.push(request.url());
  });
  await page.goto(server.url + list, { waitUntil: 'networkidle' });
  assert.deepEqual(indexes, []);
  const search = page.getByLabel('Hae palvelua');
  await search.pressSequentially('parkkisakko');
  await settled(page);
  assert.ok((await shown(page)).slice(0, 3).includes('tpr-520'));
  await search.fill('hae asukaspysäköintiä');
  await settled(page);
  const marks = await page.locator('#results mark').allTextContents();
  assert.ok(
    marks.some(mark => mark.startsWith('asukaspysäköinti')),
    marks.join(),
  );
  assert.equal(indexes.length, 1);
  await assertAccessible(page, 'results');
  await search.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'found');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('a shared address shows what was found, filters and counts with it, and the back button leads back', {
  skip: realRegisterAbsent,
}, async () => {
  const { context, page, complaints } = await visit(browser);
  await page.goto(`${server.url}${list}?q=pys%C3%A4k%C3%B6inti&topic=P16`);
  await page.locator('#results [data-service]').first().waitFor();
  const found = await shown(page);
  assert.equal(await countOf(page, 'Liikenne ja pysäköinti'), `(${found.length})`);
  assert.equal(await page.locator('.services__count').textContent(), `${found.length} palvelua`);
  const electronic = await countOf(page, 'Sähköinen asiointi');
  await page.getByLabel('Sähköinen asiointi').check();
  await settled(page);
  assert.equal(`(${(await shown(page)).length})`, electronic);
  assert.match(page.url(), /\?q=pys%C3%A4k%C3%B6inti&topic=P16&channel=electronic$/);
  await page.locator('#results h3 a').first().click();
  await page.waitForURL(url => !url.search);
  await page.goBack();
  await page.locator('#results [data-service]').first().waitFor();
  assert.equal(`(${(await shown(page)).length})`, electronic);
  await page.goBack();
  await page.locator('.services__count', { hasText: `${found.length} palvelua` }).waitFor();
  assert.deepEqual(await shown(page), found);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('the count is said once typing rests; an empty result leads on; all on the keyboard', {
  skip: realRegisterAbsent,
}, async () => {
  const { context, page, complaints } = await visit(browser, 'phone');
  await page.goto(server.url + list);
  await page.getByLabel('Hae palvelua').focus();
  await page.keyboard.type('tarhapaikka', { delay: 20 });
  await settled(page);
  assert.equal(await page.getByRole('status').textContent(), '');
  await page
    .getByRole('status')
    .filter({ hasText: /^\d+ palvelua?\. Ensimmäisenä ./ })
    .waitFor();
  await assertNoSidewaysScroll(page, 'results');
  await page.getByLabel('Hae palvelua').fill('kxirjxastox');
  await page.getByRole('status').filter({ hasText: 'Ei osumia haulle ”kxirjxastox”. Lähimpänä' }).waitFor();
  assert.ok((await page.locator('#closest [data-service]').count()) > 0);
  assert.equal(await page.locator('#none a[href^="tel:"]').isVisible(), true);
  await assertAccessible(page, 'an empty result on a phone');
  await page.getByLabel('Hae palvelua').focus();
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'electronic');
  assert.deepEqual(complaints(), []);
  await context.close();
});

const guesses = {
  fi: ['koiranvero', 'Ei osumia haulle ”koiranvero”.', 'koirailmoitus'],
  sv: ['hundskatt', 'Inga träffar på ”hundskatt”.', 'koirailmoitus'],
  en: ['passport', 'No results for “passport”.', undefined],
} as const;

test('what no service is called by is said to be missing; what comes near stands apart', {
  skip: realRegisterAbsent,
}, async () => {
  for (const [language, [word, said, near]] of Object.entries(guesses)) {
    const { context, page, complaints } = await visit(browser, 'phone');
    await page.goto(`${server.url}${pageUrl(language as 'fi', 'services')}?q=${word}`);
    await page.locator('#none .lead', { hasText: said }).waitFor();
    assert.equal(await page.locator('#results').isVisible(), false);
    if (near) assert.ok((await shown(page)).includes(near), `${word}: ${await shown(page)}`);
    await assertNoSidewaysScroll(page, `guesses (${language})`);
    assert.deepEqual(complaints(), []);
    await context.close();
  }
});

test('on a phone what was found comes into sight with its count, here and from another page', {
  skip: realRegisterAbsent,
}, async () => {
  const { context, page } = await visit(browser, 'phone');
  const isInSight = () =>
    page.waitForFunction(() => {
      const { top = -1 } = document.querySelector('.services__count')?.getBoundingClientRect() ?? {};
      return top >= 0 && top < innerHeight / 3 && document.querySelector('#results [data-service]');
    });
  await page.goto(`${server.url}${list}?q=parkkisakko`);
  await isInSight();
  await page.goto(server.url + list);
  await page.getByLabel('Hae palvelua').fill('tarhapaikka');
  await page.getByRole('button', { name: 'Hae', exact: true }).click();
  await isInSight();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'found');
  await context.close();
});

test('where the index cannot be fetched, words are looked for as they are', {
  skip: realRegisterAbsent,
}, async () => {
  const { context, page } = await visit(browser);
  await context.route('**/catalogue/search/**', route => route.abort());
  await page.goto(`${server.url}${list}?q=venepaikka`);
  await page.locator('#results [data-service]').first().waitFor();
  assert.ok((await shown(page)).includes('tpr-5663'));
  await context.close();
});
