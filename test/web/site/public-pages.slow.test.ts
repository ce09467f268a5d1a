import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Language, languages } from '../../../lambdas/domain/language.ts';
import { type PageName, pageUrl } from '../../../web/urls.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  assertReadableInAllColours,
  openBrowser,
  visit,
  widths,
} from '../../portal/browser.ts';
import { serveSite } from './server.ts';
import { type BuiltSite, builtSite } from './site.ts';

let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
before(async () => {
  site = await builtSite();
  server = await serveSite(join(site.folder, 'site'));
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
  site?.remove();
});

const names = [
  ...['home', 'services', 'signIn', 'signedOut', 'identificationFailed'],
  ...['howItWorks', 'help', 'security', 'privacy', 'accessibility', 'notFound'],
] as PageName[];

const pathsIn = (language: Language): string[] => [
  ...names.map(name => pageUrl(language, name)),
  pageUrl(language, 'services', 'koirailmoitus'),
];

const unfold = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll(folds => {
    for (const fold of folds) fold.setAttribute('open', '');
  });

for (const width of Object.keys(widths) as (keyof typeof widths)[])
  for (const language of languages)
    test(`public pages in ${language} on a ${width}: accessible, nothing sticks out, no complaint`, async () => {
      const { context, page, complaints } = await visit(browser, width);
      const paths = [
        ...names.map(name => pageUrl(language, name)),
        pageUrl(language, 'services', 'koirailmoitus'),
        pageUrl(language, 'privacy', 'paivahoitohakemus'),
      ];
      for (const path of paths) {
        await page.goto(server.url + path);
        await page.locator('details').evaluateAll(folds => {
          for (const fold of folds) fold.setAttribute('open', '');
        });
        await assertAccessible(page, path);
        await assertNoSidewaysScroll(page, path);
      }
      assert.deepEqual(complaints(), []);
      await context.close();
    });

for (const language of languages)
  test(`public pages in ${language} in dark mode and in forced colours: nothing is hard to read`, async () => {
    const { context, page } = await visit(browser, 'phone');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const path of pathsIn(language)) {
      await page.goto(server.url + path);
      await unfold(page);
      await assertReadableInAllColours(page, path);
    }
    await context.close();
  });

test('at 320 px with the largest text nothing sticks out (400 % zoom)', async () => {
  const { context, page } = await visit(browser, 'phone');
  await page.setViewportSize({ width: 320, height: 256 });
  await page.goto(`${server.url}/fi/`);
  await page.getByRole('button', { name: 'AAA', exact: true }).click();
  for (const language of languages)
    for (const path of pathsIn(language)) {
      await page.goto(server.url + path);
      await unfold(page);
      await assertNoSidewaysScroll(page, path);
    }
  await context.close();
});

test('at 400 % zoom whatever has the focus is seen: nothing lies over it (WCAG 2.4.11)', async () => {
  const { context, page } = await visit(browser, 'phone');
  await page.setViewportSize({ width: 320, height: 256 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${server.url}/fi/`);
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { left, top, width, height } = element.getBoundingClientRect();
      const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 100));
      return [element.tagName, there === element || element.contains(there)];
    });
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    const [name, seen] = await focused();
    if (name === 'BODY') break;
    assert.ok(seen, `step ${step}: ${name}`);
  }
  await context.close();
});

test('on paper: no menus or buttons, what is folded is open, and folds again', async () => {
  const { context, page } = await visit(browser);
  await page.goto(server.url + pageUrl('fi', 'services', 'koirailmoitus'));
  await page.emulateMedia({ media: 'print' });
  const alternatives = page.locator('.alternatives .channel').first();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.equal(await alternatives.isVisible(), true);
  for (const pressed of ['.menu', '.top-bar', '.go-to', '.footer__links'])
    assert.equal(await page.locator(pressed).first().isVisible(), false, pressed);
  assert.equal(await page.getByText('(09) 310 88800').isVisible(), true);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await alternatives.isVisible(), false);
  await context.close();
});

test('the text size lasts, and is there before the first paint', async () => {
  const { context, page } = await visit(browser);
  await page.goto(`${server.url}/fi/`);
  const sizeOf = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  assert.equal(await sizeOf(), '16px');
  await page.getByRole('button', { name: 'AAA', exact: true }).click();
  assert.equal(await sizeOf(), '23px');
  // The module scripts are the late ones: without them only the first script can have set it.
  await context.route('**/frame-*.js', route => route.abort());
  await page.goto(`${server.url}/sv/sakerhet/`);
  assert.equal(await sizeOf(), '23px');
  await context.close();
});

test('on a phone the menu folds to one word; the language link keeps page and query', async () => {
  const { context, page } = await visit(browser, 'phone');
  await page.goto(`${server.url}/fi/asiointipalvelut/?q=koira`);
  const menu = page.getByRole('navigation', { name: 'Päävalikko' });
  assert.equal(await menu.isVisible(), false);
  await page.getByRole('button', { name: 'Valikko' }).click();
  assert.equal(await menu.isVisible(), true);
  await assertAccessible(page, 'open menu');
  await page.keyboard.press('Escape');
  assert.equal(await menu.isVisible(), false);
  await page.getByRole('link', { name: 'Svenska' }).click();
  await page.waitForURL('**/sv/tjanster/?q=koira');
  assert.ok((await context.cookies()).some(({ name, value }) => name === 'language' && value === 'sv'));
  await context.close();
});

test('the list narrows as one types, keeps the URL, and unfolds a service in place', async () => {
  const { context, page, complaints } = await visit(browser);
  await page.goto(`${server.url}/fi/asiointipalvelut/`);
  const shown = () =>
    page
      .locator('[data-service]:visible')
      .evaluateAll(all => all.map(one => one.getAttribute('data-service')));
  const all = await shown();
  assert.ok(all.length >= 4);
  await page.getByLabel('Hae palvelua').fill('pysäk');
  await page.locator('.services__count', { hasText: /^1 palvelu$/ }).waitFor();
  assert.deepEqual(await shown(), ['asukaspysakointitunnus']);
  assert.match(page.url(), /\?q=pys%C3%A4k$/);
  assert.equal(await page.locator('mark').first().textContent(), 'pysäk');
  await page.getByRole('button', { name: 'Lisää palvelusta' }).click();
  await page.getByText('Vaihtoehtoiset asiointitavat').click();
  await page.getByRole('link', { name: 'pysakointitunnus@hel.fi' }).waitFor();
  await assertAccessible(page, 'an unfolded service');
  await page.getByLabel('Hae palvelua').fill('olematonta');
  await page.locator('.lead', { hasText: 'Ei osumia haulle ”olematonta”.' }).waitFor();
  assert.equal(await page.locator('#results [data-service]:visible').count(), 0);
  await assertAccessible(page, 'an empty result');
  await page.getByRole('button', { name: 'Tyhjennä valinnat' }).click();
  assert.deepEqual(await shown(), all);
  await page.goBack();
  assert.equal(await page.getByLabel('Hae palvelua').inputValue(), 'olematonta');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('signing in carries where one was going, and nothing that leads elsewhere', async () => {
  const { context, page } = await visit(browser);
  const choice = page.getByRole('link', { name: 'Henkilöasiakas' });
  const returned = async () =>
    new URL((await choice.getAttribute('href')) ?? '', server.url).searchParams.get('return');
  await page.goto(`${server.url}/fi/kirjaudu/?return=%2Ffi%2Flomake%2Fkoirailmoitus%2F`);
  await page.getByText('pääset suoraan sinne').waitFor();
  assert.equal(await returned(), '/fi/lomake/koirailmoitus/');
  await page.goto(`${server.url}/fi/kirjaudu/?return=%2F%2Fevil.example`);
  await page.waitForLoadState('networkidle');
  assert.equal(await returned(), '/fi/oma/');
  await context.close();
});

test('without scripts everything public can be read and the menu is open', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: widths.phone });
  const page = await context.newPage();
  await page.goto(`${server.url}/fi/asiointipalvelut/`);
  assert.equal(await page.getByRole('navigation', { name: 'Päävalikko' }).isVisible(), true);
  assert.equal(await page.locator('.no-script').isVisible(), true);
  await page.getByRole('link', { name: 'Koirailmoitus' }).click();
  assert.equal(await page.getByRole('link', { name: 'Siirry palveluun' }).isVisible(), true);
  await context.close();
});
