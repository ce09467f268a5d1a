/** Chromium as a citizen uses it: every console error, failed request and CSP report is kept, to be asserted empty. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './chromium-path.ts';

const launch = () => ({
  executablePath: chromiumPath(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-sync',
  ],
});

export const openBrowser = (): Promise<Browser> => chromium.launch(launch());

/** A browser of its own with a profile on disk, which may be killed as a crash would. */
export const openProfile = async (
  folder: string,
): Promise<{ context: BrowserContext; page: Page; kill(): Promise<void> }> => {
  const context = await chromium.launchPersistentContext(folder, {
    ...launch(),
    viewport: widths.desktop,
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const kill = async () => {
    const gone = new Promise<void>(resolve => context.once('close', () => resolve()));
    // The browser's own process is the one without a type; the others end with it.
    const list = execFileSync('ps', ['-eo', 'pid=,args=', '-ww']).toString().split('\n');
    const own = list.filter(line => line.includes(`--user-data-dir=${folder}`) && !line.includes('--type='));
    for (const line of own) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    await gone;
  };
  return { context, page, kill };
};

export const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } } as const;

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of since the last call. */
  complaints(): string[];
}

/** Milliseconds. */
const closing = 20_000;

export const visit = async (
  browser: Browser,
  width: keyof typeof widths = 'desktop',
  locale = 'fi-FI',
): Promise<Visitor> => {
  const context = await browser.newContext({
    viewport: widths[width],
    locale,
    timezoneId: 'Europe/Helsinki',
  });
  // Chromium loses the order to close when a page is just changing places; what stays then ends with the browser.
  const close = context.close.bind(context);
  context.close = options => Promise.race([close(options), sleep(closing, undefined, { ref: false })]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  let heard: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
      heard.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', error => heard.push(`${page.url()}: ${error.message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event =>
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return {
    context,
    page,
    complaints: () => {
      const all = heard;
      heard = [];
      return all;
    },
  };
};

/** Rules that the colours a page is shown in can break; the others were asked where it is light. */
const rulesOfColour = ['color-contrast', 'link-in-text-block', 'target-size'];

/** Milliseconds: what runs inside a page knows no time-out of its own, and a browser that is stuck would hold everything. */
const patience = 120_000;

export const within = async <Result>(work: Promise<Result>, what: string): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer in ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Legacy mode sums up in the page itself instead of a tab opened for it: no page of ours has frames of other origins,
 * it takes a third of the time, and a tab that comes and goes can leave the page hidden, where nothing is painted.
 */
const assertNone = async (axe: AxeBuilder, where: string): Promise<void> => {
  const { violations } = await within(axe.setLegacyMode().analyze(), `axe on ${where}`);
  assert.deepEqual(
    violations.map(found => `${found.id}: ${found.nodes.map(node => node.target.join(' ')).join(', ')}`),
    [],
    `axe on ${where}`,
  );
};

/** Zero axe violations on what is on the screen now (WCAG 2.2 AA, the size of targets among it, and best practices). */
export const assertAccessible = (page: Page, where: string): Promise<void> =>
  assertNone(new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }), where);

/** The same page in dark mode and in colours the reader forces upon it. */
export const assertReadableInAllColours = async (page: Page, where: string): Promise<void> => {
  for (const media of [{ colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }] as const) {
    await page.emulateMedia(media);
    // Painted anew, or the colours read are a mixture of both.
    await within(
      page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))),
      `a frame of ${where}`,
    );
    await assertNone(
      new AxeBuilder({ page }).withRules(rulesOfColour),
      `${where} (${JSON.stringify(media)})`,
    );
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
};

/** Nothing may stick out sideways (WCAG 1.4.10). */
export const assertNoSidewaysScroll = async (page: Page, where: string): Promise<void> => {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok((scroll ?? 0) <= (client ?? 0), `${where} is ${scroll} px wide on a screen of ${client}`);
};

/** The page's script has drawn what the page came with, or more: from now on it keeps what is typed. */
export const scriptRuns = (page: Page): Promise<void> =>
  page.locator('#app[aria-busy]').waitFor({ state: 'detached' });
