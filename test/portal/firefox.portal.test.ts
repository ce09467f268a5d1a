/** The portal in Firefox: what everybody may see, and the way from the front page into a form. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { widths } from './browser.ts';
import {
  assertAccessibleInFirefox,
  type FirefoxVisitor,
  field,
  firefoxAbsent,
  named,
  openFirefox,
  press,
  visitInFirefox,
} from './firefox.ts';
import { portalUnderTest, type RunningPortal } from './portal.ts';

describe('in Firefox', { skip: firefoxAbsent }, () => {
  let portal: RunningPortal;
  let browser: Browser;
  before(async () => {
    portal = await portalUnderTest();
    browser = await openFirefox();
  });
  after(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const open = async (path: string, width: keyof typeof widths = 'desktop'): Promise<FirefoxVisitor> => {
    const visitor = await visitInFirefox(browser, widths[width]);
    await visitor.page.goto(portal.place.url + path);
    return visitor;
  };

  test('the front page leads by menu to the services; a word finds one, a filter narrows, back widens', async () => {
    const { page, complaints } = await open('/fi/', 'phone');
    await assertAccessibleInFirefox(page, 'the front page');
    await press(page, 'button', 'Valikko');
    await press(page, 'link', 'Asiointipalvelut');
    await (await field(page, 'Hae palvelua')).type('koirailmoitus');
    await page.waitForFunction(
      () =>
        document.querySelector('#results [data-service]')?.getAttribute('data-service') === 'koirailmoitus',
    );
    assert.match(page.url(), /\?q=koirailmoitus$/);
    await (await field(page, 'Sähköinen asiointi')).click();
    await page.waitForFunction(() => location.search.includes('channel=electronic'));
    await assertAccessibleInFirefox(page, 'what was found');
    await page.goBack();
    await page.waitForFunction(() => location.search === '?q=koirailmoitus');
    assert.deepEqual(complaints(), []);
  });

  test("a service's page keeps its place in other languages, and the text size from page to page", async () => {
    const { page, complaints } = await open('/fi/asiointipalvelut/koirailmoitus/');
    await assertAccessibleInFirefox(page, 'a service');
    await press(page, 'link', 'Svenska');
    await page.waitForFunction(() => location.pathname === '/sv/tjanster/koirailmoitus/');
    await press(page, 'button', 'AAA');
    const seen = await page.evaluateOnNewDocument(() => {
      const watch = new MutationObserver(() => {
        if (document.documentElement.dataset.textSize)
          (window as unknown as { sizedAt: number }).sizedAt = performance.now();
        watch.disconnect();
      });
      watch.observe(document, { subtree: true, attributeFilter: ['data-text-size'] });
    });
    await page.goto(`${portal.place.url}/en/`);
    const { sizedAt, paintedAt, size } = await page.evaluate(() => ({
      sizedAt: (window as unknown as { sizedAt?: number }).sizedAt ?? Number.POSITIVE_INFINITY,
      paintedAt: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      size: getComputedStyle(document.documentElement).fontSize,
    }));
    assert.equal(size, '23px');
    assert.ok(sizedAt <= paintedAt, `the size came at ${sizedAt} ms, the first paint at ${paintedAt} ms`);
    await page.removeScriptToEvaluateOnNewDocument(seen.identifier);
    assert.deepEqual(complaints(), []);
  });

  test('from a service through identification and registration into its form, and out again', async () => {
    const { page, complaints } = await open('/fi/asiointipalvelut/koirailmoitus/');
    await press(page, 'link', 'Siirry palveluun');
    await press(page, 'link', 'Henkilöasiakas');
    await press(page, 'button', 'Pankkitunnus');
    await press(page, 'button', 'Klara Muster');
    await press(page, 'button', 'Jatka palveluun');
    const heading = await page.waitForFunction(() => {
      const text = document.querySelector('main h1')?.textContent ?? '';
      return /^(Rekisteröidy|Koirailmoitus)/.test(text) && text;
    });
    if (String(await heading.jsonValue()).startsWith('Rekisteröidy')) {
      await (await field(page, 'Sähköpostiosoite')).type('firefox@example.fi');
      await (await page.waitForSelector('input[type=checkbox]'))?.click();
      await press(page, 'button', 'Tallenna');
    }
    await page.waitForFunction(() => location.pathname === '/fi/lomake/koirailmoitus/');
    await named(page, 'button', 'Seuraava');
    await assertAccessibleInFirefox(page, 'a form');
    await press(page, 'button', 'Seuraava');
    await page.waitForSelector('[aria-invalid="true"]');
    await press(page, 'button', 'Kirjaudu ulos');
    await named(page, 'heading', 'Olet kirjautunut ulos');
    assert.deepEqual(complaints(), []);
  });
});
