/**
 * How soon a page shows itself on a slow phone: 1.6 Mbit/s, 150 ms there and back, a processor six times slower than
 * this one. Milliseconds say little by themselves: each page stands beside plain HTML that says the same, and the two
 * are loaded in turns.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { widths } from '../portal/browser.ts';
import { type PlainServer, plainCopy, scriptlessCopy } from './plain-page.ts';

const network = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 1_600_000 / 8,
};
const processorSlowdown = 6;
/** Milliseconds after the page has loaded in which a larger text may still appear. */
const settling = 500;

export type Cookies = Parameters<BrowserContext['addCookies']>[0];

interface Visit {
  readonly browser: Browser;
  readonly url: string;
  readonly cookies: Cookies;
}

/** What is measured of a page that has been opened; milliseconds from the start of the navigation. */
type Measure = (page: Page) => Promise<number>;

export const largestPaint: Measure = async page => {
  await page.waitForLoadState('load');
  await page.waitForTimeout(settling);
  return page.evaluate(
    () =>
      new Promise<number>(resolve => {
        new PerformanceObserver(list => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        });
      }),
  );
};

/** Until a field is on the screen: noted by the page itself in the frame after it was there. */
export const firstField: Measure = async page => {
  const noted = await page.waitForFunction(
    () => (window as unknown as { firstField?: number }).firstField,
    undefined,
    { polling: 100, timeout: 60_000 },
  );
  return (await noted.jsonValue()) ?? Number.NaN;
};

const noteFirstField = (): void => {
  const look = (): void => {
    const field = document.querySelector('main :is(input:not([type=hidden]), select, textarea)');
    if (!field?.getClientRects().length) return void requestAnimationFrame(look);
    setTimeout(() => {
      (window as unknown as { firstField?: number }).firstField = performance.now();
    });
  };
  requestAnimationFrame(look);
};

/** With an empty cache. */
const visitSlowly = async ({ browser, url, cookies }: Visit, measure: Measure): Promise<number> => {
  const context = await browser.newContext({ viewport: widths.phone });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    if (measure === firstField) await page.addInitScript(noteFirstField);
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', network);
    await session.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown });
    await page.goto(url, { waitUntil: 'commit', timeout: 60_000 });
    return await measure(page);
  } finally {
    await context.close();
  }
};

/** What the page shows once everything has come, as plain HTML; and the page's own HTML and styles, without its scripts. */
const copiesOf = async ({ browser, url, cookies }: Visit, measure: Measure) => {
  const context = await browser.newContext({ viewport: widths.phone });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const response = await page.goto(url, { waitUntil: 'networkidle' });
    if (measure === firstField)
      await page.locator('main :is(input:not([type=hidden]), select, textarea)').first().waitFor();
    const marks = await page.evaluate(() => document.documentElement.className);
    const html = (await response?.text()) ?? '';
    return { plain: await plainCopy(page), scriptless: scriptlessCopy(html, marks) };
  } finally {
    await context.close();
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;

export interface Beside {
  /** Medians, in milliseconds. */
  readonly ours: number;
  readonly plain: number;
  readonly scriptless: number;
}

/** Our page and its copies in turns. */
export const besidePlain = async (
  visit: Visit,
  measure: Measure,
  { plain, rounds }: { plain: PlainServer; rounds: number },
): Promise<Beside> => {
  const copies = await copiesOf(visit, measure);
  const urlOf = (name: keyof typeof copies) => plain.add(`${measure.name}-${name}`, copies[name]);
  const urls = { ours: visit.url, plain: urlOf('plain'), scriptless: urlOf('scriptless') };
  const taken: Record<keyof typeof urls, number[]> = { ours: [], plain: [], scriptless: [] };
  for (let round = 0; round < rounds; round++)
    for (const [name, url] of Object.entries(urls) as [keyof typeof urls, string][])
      taken[name].push(
        await visitSlowly({ ...visit, url, cookies: name === 'ours' ? visit.cookies : [] }, measure),
      );
  const of = (name: keyof typeof urls): number => Math.round(median(taken[name]));
  return { ours: of('ours'), plain: of('plain'), scriptless: of('scriptless') };
};
