/** What a first view of a page weighs, as the portal serves it, and whether anything complains. */
import assert from 'node:assert/strict';
import { get } from 'node:http';
import type { Browser } from 'playwright-core';
import { people } from '../../lib/local/engines/identity/people.ts';
import { openBrowser, visit } from '../portal/browser.ts';
import { registered } from '../portal/citizen.ts';
import type { PortalPlace } from '../portal/portal.ts';

/** Kilobytes (1000 bytes) as transferred. */
export interface PageWeight {
  readonly htmlBrotli: number;
  readonly cssGzip: number;
  readonly jsGzip: number;
  /** All of the above and pictures, each in its encoding. */
  readonly total: number;
  readonly requests: number;
  /** Console errors, failed requests and CSP reports. */
  readonly errors: number;
}

type Weighed = Exclude<keyof PageWeight, 'requests' | 'errors'>;

export const pages = {
  front: { path: '/fi/', signedIn: false },
  services: { path: '/fi/asiointipalvelut/', signedIn: false },
  service: { path: '/fi/asiointipalvelut/koirailmoitus/', signedIn: false },
  folder: { path: '/fi/asiointikansio/', signedIn: true },
  form: { path: '/fi/lomake/koirailmoitus/', signedIn: true },
} as const;
export type PageName = keyof typeof pages;

/** Kilobytes a page may weigh at most. */
export const budgets: Readonly<Record<PageName, Partial<Record<Weighed, number>>>> = {
  front: { htmlBrotli: 14, cssGzip: 15, jsGzip: 10 },
  services: { htmlBrotli: 30, cssGzip: 15, jsGzip: 10 },
  service: { htmlBrotli: 14, cssGzip: 15, jsGzip: 10 },
  folder: { cssGzip: 15, jsGzip: 25 },
  form: { cssGzip: 15, jsGzip: 30 },
};

export const overBudget = (measured: Partial<Record<PageName, PageWeight>>): string[] =>
  (Object.keys(pages) as PageName[]).flatMap(name =>
    Object.entries(budgets[name]).flatMap(([part, limit]) => {
      const weight = measured[name]?.[part as Weighed];
      return weight !== undefined && weight > limit
        ? [`${name}: ${part} ${weight} kB, at most ${limit}`]
        : [];
    }),
  );

/** Bytes of the body as the portal sends it in one encoding. */
const served = (url: string, encoding: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, response => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.once('end', () => resolve(bytes));
      response.once('error', reject);
    }).once('error', reject);
  });

const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;

const kindOf = (url: string, type: string): 'html' | 'css' | 'js' | 'other' =>
  type === 'document' ? 'html' : url.endsWith('.css') ? 'css' : url.endsWith('.js') ? 'js' : 'other';

const weigh = async (browser: Browser, place: PortalPlace, name: PageName): Promise<PageWeight> => {
  const { context, page, complaints } = await visit(browser, 'phone');
  const { path, signedIn } = pages[name];
  if (signedIn) await context.addCookies(await sessionCookies(place));
  const requested: { url: string; kind: ReturnType<typeof kindOf> }[] = [];
  page.on('request', request =>
    requested.push({ url: request.url(), kind: kindOf(request.url(), request.resourceType()) }),
  );
  await page.goto(place.url + path, { waitUntil: 'networkidle' });
  const sum = { html: 0, css: 0, js: 0, other: 0 };
  for (const { url, kind } of requested)
    if (kind !== 'other' || !url.includes('/api/'))
      sum[kind] += await served(url, kind === 'html' ? 'br' : 'gzip');
  const errors = complaints().length;
  await context.close();
  return {
    htmlBrotli: kilobytes(sum.html),
    cssGzip: kilobytes(sum.css),
    jsGzip: kilobytes(sum.js),
    total: kilobytes(sum.html + sum.css + sum.js + sum.other),
    requests: requested.length,
    errors,
  };
};

/** A citizen's cookies, so that a signed-in page is weighed as its owner sees it. */
const sessionCookies = async (place: PortalPlace) => {
  const [person] = people;
  assert.ok(person);
  const citizen = await registered(place, { person: person.id });
  return [...citizen.cookies].map(([name, value]) => ({
    name,
    value,
    url: place.url.replace('http:', name.startsWith('__Host-') ? 'https:' : 'http:'),
  }));
};

export const measurePages = async (place: PortalPlace): Promise<Record<PageName, PageWeight>> => {
  const browser = await openBrowser();
  try {
    const measured: Partial<Record<PageName, PageWeight>> = {};
    for (const name of Object.keys(pages) as PageName[]) measured[name] = await weigh(browser, place, name);
    return measured as Record<PageName, PageWeight>;
  } finally {
    await browser.close();
  }
};
