/**
 * How soon a page shows itself on a slow phone: 1.6 Mbit/s, 150 ms there and back, a processor six times slower than
 * this one. Milliseconds say little by themselves: each page stands beside plain HTML that says the same, and the two
 * are loaded in turns.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { widths } from '../portal/browser.ts';
import { type PlainServer, plainCopy } from './plain-page.ts';

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

/** As it looks once everything has come. */
const copyOf = async ({ browser, url, cookies }: Visit, measure: Measure): Promise<string> => {
  const context = await browser.newContext({ viewport: widths.phone });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'networkidle' });
    if (measure === firstField)
      await page.locator('main :is(input:not([type=hidden]), select, textarea)').first().waitFor();
    return await plainCopy(page);
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
}

/** Our page and its plain copy in turns. */
export const besidePlain = async (
  visit: Visit,
  measure: Measure,
  { plain, rounds }: { plain: PlainServer; rounds: number },
): Promise<Beside> => {
  const copy = plain.add(measure.name, await copyOf(visit, measure));
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(await visitSlowly(visit, measure));
    theirs.push(await visitSlowly({ ...visit, url: copy, cookies: [] }, measure));
  }
  return { ours: Math.round(median(ours)), plain: Math.round(median(theirs)) };
};
