/** Chromium as a citizen uses it: every console error, failed request and CSP report is kept, to be asserted empty. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const executables = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const openBrowser = (): Promise<Browser> => {
  const executablePath = executables.find(path => path !== undefined && existsSync(path));
  assert.ok(executablePath, 'Chromium is missing: install it or set CHROMIUM to its path');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
};

export const widths = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } } as const;

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of since the last call. */
  complaints(): string[];
}

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

/** Zero axe violations on what is on the screen now (WCAG 2.2 AA and best practices). */
export const assertAccessible = async (page: Page, where: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(found => `${found.id}: ${found.nodes.map(node => node.target.join(' ')).join(', ')}`),
    [],
    `axe on ${where}`,
  );
};

/** Nothing may stick out sideways (WCAG 1.4.10). */
export const assertNoSidewaysScroll = async (page: Page, where: string): Promise<void> => {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok((scroll ?? 0) <= (client ?? 0), `${where} is ${scroll} px wide on a screen of ${client}`);
};
