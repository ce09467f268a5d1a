/** Firefox as Debian ships it, driven by WebDriver BiDi; Playwright knows only a Firefox of its own making. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';

const executables = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'];

const path = executables.find(one => one !== undefined && existsSync(one));

/** Why the tests in Firefox are not run; nothing on a machine that checks what others have written: there it must be. */
export const firefoxAbsent: string | false =
  path === undefined && !process.env.CI
    ? 'Firefox is missing: on Debian "apt-get install firefox-esr", or FIREFOX names its path'
    : false;

export const openFirefox = (): Promise<Browser> => {
  assert.ok(path, 'Firefox is missing: install firefox-esr or set FIREFOX to its path');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: path,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'fi' },
  });
};

export interface FirefoxVisitor {
  readonly page: Page;
  /** What the browser complained of since the last call. */
  complaints(): string[];
}

/** With cookies and storage of its own. */
export const visitInFirefox = async (
  browser: Browser,
  width: { readonly width: number; readonly height: number },
): Promise<FirefoxVisitor> => {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(width);
  page.setDefaultTimeout(20_000);
  let heard: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') heard.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', error =>
    heard.push(`${page.url()}: ${error instanceof Error ? error.message : error}`),
  );
  return {
    page,
    complaints: () => {
      const all = heard;
      heard = [];
      return all;
    },
  };
};

/** The element of a role and an accessible name, once it is there: as a screen reader finds it. */
export const named = async (page: Page, role: string, name: string): Promise<ElementHandle> => {
  const found = await page.waitForSelector(`::-p-aria(${name}[role="${role}"])`, { visible: true });
  assert.ok(found, `${role} ${name}`);
  return found;
};

export const press = async (page: Page, role: string, name: string): Promise<void> =>
  (await named(page, role, name)).click();

/** A field by the beginning of its label: what follows may say that it is required. */
export const field = async (page: Page, label: string): Promise<ElementHandle<Element>> => {
  const handle = await page.waitForFunction(
    wanted => {
      const found = [...document.querySelectorAll('label')].find(one =>
        one.innerText.trim().startsWith(wanted),
      );
      return found?.control;
    },
    {},
    label,
  );
  return handle as ElementHandle<Element>;
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Zero axe violations on what is on the screen now. */
export const assertAccessibleInFirefox = async (page: Page, where: string): Promise<void> => {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    return (await checker.run()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  });
  assert.deepEqual(violations, [], `axe on ${where} in Firefox`);
};
