/** Chromium before a mock portal, for one test: opens a page of a made-up person and cleans up after itself. */
import { after, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../../lambdas/domain/language.ts';
import { type PageName, pageUrl } from '../../../web/urls.ts';
import { openBrowser, type Visitor, visit, type widths } from '../../portal/browser.ts';
import { type MockPortal, startMockPortal } from './mock-portal.ts';
import type { MockState } from './mock-state.ts';
import { builtSite } from './site.ts';

export interface Scene {
  readonly page: PageName;
  readonly rest?: readonly string[];
  readonly query?: string;
  readonly language?: Language;
  readonly width?: keyof typeof widths;
}

export interface Stage extends Visitor {
  readonly portal: MockPortal;
  readonly url: string;
}

/** For all tests of a file: the site is built, and a browser open until they are over. */
export const stageBrowser = async (): Promise<Browser> => {
  await builtSite();
  const browser = await openBrowser();
  after(() => browser.close());
  return browser;
};

export const openStage = async (
  t: TestContext,
  browser: Browser,
  state: MockState,
  { page, rest = [], query = '', language = 'fi', width = 'desktop' }: Scene,
): Promise<Stage> => {
  const portal = await startMockPortal(state);
  const visitor = await visit(browser, width);
  t.after(async () => {
    await visitor.context.close();
    await portal.close();
  });
  const url = portal.url + pageUrl(language, page, ...rest) + query;
  await visitor.page.goto(url);
  return { ...visitor, portal, url };
};

/** The app has drawn and nothing of it waits for an answer. */
export const settled = async (page: Page): Promise<void> => {
  await page.locator('#app:not([aria-busy])').waitFor();
  const spinners = page.locator('#app .spinner');
  while ((await spinners.count()) > 0) await spinners.first().waitFor({ state: 'detached' });
};
