/** Lighthouse's four scores at its phone settings, in the Chromium the tests use. */
import lighthouse, { type RunnerResult } from 'lighthouse';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chromiumPath } from '../portal/chromium-path.ts';
import type { Cookies } from './slow-phone.ts';

/** 0–100 each. */
export interface Scores {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly seo: number;
}

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
/** Lighthouse loses a trace now and then: its own word for it is "run again". */
const attempts = 3;

export const openLighthouse = (): Promise<Browser> =>
  puppeteer.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });

const scoresOf = ({ lhr }: RunnerResult): Scores => {
  const score = (category: string): number => Math.round((lhr.categories[category]?.score ?? 0) * 100);
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
  };
};

const run = async (browser: Browser, url: string, cookies: Cookies): Promise<RunnerResult> => {
  const page = await browser.newPage();
  try {
    await browser.setCookie(...cookies.map(({ name, value }) => ({ name, value, ...placeOf(url, name) })));
    const flags = { logLevel: 'error', onlyCategories: categories, disableStorageReset: cookies.length > 0 };
    const result = await lighthouse(url, { ...flags, logLevel: 'error' }, undefined, page);
    if (!result || result.lhr.runtimeError)
      throw new Error(`Lighthouse on ${url}: ${result?.lhr.runtimeError?.message ?? 'no result'}`);
    return result;
  } finally {
    await page.close();
    await browser.deleteCookie(...(await browser.cookies()));
  }
};

const placeOf = (url: string, name: string) => ({
  domain: new URL(url).hostname,
  path: '/',
  secure: name.startsWith('__Host-'),
});

const runAgain = async (browser: Browser, url: string, cookies: Cookies): Promise<RunnerResult> => {
  for (let attempt = 1; ; attempt++)
    try {
      return await run(browser, url, cookies);
    } catch (error) {
      if (attempt === attempts) throw error;
    }
};

/** Median of each score over several runs: the machine's other work costs points of the performance. */
export const measureScores = async (
  browser: Browser,
  url: string,
  { cookies, runs }: { cookies: Cookies; runs: number },
): Promise<Scores> => {
  const all: Scores[] = [];
  for (let index = 0; index < runs; index++) all.push(scoresOf(await runAgain(browser, url, cookies)));
  const median = (name: keyof Scores): number =>
    all.map(scores => scores[name]).toSorted((one, other) => one - other)[runs >> 1] ?? 0;
  return {
    performance: median('performance'),
    accessibility: median('accessibility'),
    bestPractices: median('bestPractices'),
    seo: median('seo'),
  };
};
