/**
 * A first view of each page, as the portal serves it: what it weighs, whether anything complains, Lighthouse's scores,
 * and how soon it shows itself on a slow phone beside plain HTML that says the same.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import type { Browser } from 'playwright-core';
import { people } from '../../lib/local/engines/identity/people.ts';
import { openBrowser, visit } from '../portal/browser.ts';
import { type Citizen, registered } from '../portal/citizen.ts';
import { dogForm } from '../portal/content.ts';
import type { PortalPlace } from '../portal/portal.ts';
import { measureScores, openLighthouse, type Scores } from './lighthouse.ts';
import { type PlainServer, servePlainPages } from './plain-page.ts';
import { besidePlain, type Cookies, firstField, largestPaint } from './slow-phone.ts';

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

/** Milliseconds are medians; say more beside the plain page's than alone. */
export interface MeasuredPage extends PageWeight {
  readonly lighthouse: Scores;
  /** Largest contentful paint of the page, of plain HTML with the same text, and the first over the second. */
  readonly lcpMs?: number;
  readonly plainLcpMs?: number;
  readonly lcpRatio?: number;
  /** The same beside the page's own HTML and styles without its scripts: what they cost. */
  readonly lcpScriptsRatio?: number;
  /** Until the first field of a form can be seen; the same of plain HTML with the same fields, and their ratio. */
  readonly firstFieldMs?: number;
  readonly plainMs?: number;
  readonly firstFieldRatio?: number;
  /** The same beside the page's own HTML and styles without its scripts: what they cost. */
  readonly firstFieldScriptsRatio?: number;
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

/** What Lighthouse must say at least; where nothing is said, 100. */
const scoreBudgets: Readonly<Record<PageName, Partial<Scores>>> = {
  front: {},
  services: {},
  service: {},
  // Nobody's own page is for search engines, and scripts fill it.
  folder: { performance: 98, seo: 0 },
  form: { performance: 0, seo: 0 },
};
/** How much later than plain HTML a page may show itself. */
const latest = 1.3;

const overWeight = (name: PageName, measured: PageWeight): string[] =>
  Object.entries(budgets[name]).flatMap(([part, limit]) => {
    const weight = measured[part as Weighed];
    return weight > limit ? [`${name}: ${part} ${weight} kB, at most ${limit}`] : [];
  });

const underScore = (name: PageName, { lighthouse }: MeasuredPage): string[] =>
  (Object.keys(lighthouse) as (keyof Scores)[]).flatMap(part => {
    const [score, wanted] = [lighthouse[part], scoreBudgets[name][part] ?? 100];
    return score < wanted ? [`${name}: Lighthouse's ${part} ${score}, at least ${wanted}`] : [];
  });

const tooLate = (name: PageName, measured: MeasuredPage): string[] =>
  (['lcpRatio', 'lcpScriptsRatio', 'firstFieldRatio', 'firstFieldScriptsRatio'] as const).flatMap(part => {
    const value = measured[part];
    return value !== undefined && value > latest ? [`${name}: ${part} ${value}, at most ${latest}`] : [];
  });

export const overBudget = (measured: Partial<Record<PageName, MeasuredPage>>): string[] =>
  (Object.keys(pages) as PageName[]).flatMap(name => {
    const page = measured[name];
    return page ? [...overWeight(name, page), ...underScore(name, page), ...tooLate(name, page)] : [];
  });

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

const weigh = async (
  browser: Browser,
  place: PortalPlace,
  path: string,
  cookies: Cookies,
): Promise<PageWeight> => {
  const { context, page, complaints } = await visit(browser, 'phone');
  await context.addCookies(cookies);
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

/** A citizen's cookies, so that a signed-in page is measured as its owner sees it. */
const cookiesOf = (citizen: Citizen, { url }: PortalPlace): Cookies =>
  [...citizen.cookies].map(([name, value]) => ({
    name,
    value,
    url: url.replace('http:', name.startsWith('__Host-') ? 'https:' : 'http:'),
  }));

const casesInFolder = 25;

/** Somebody whose folder is full. */
const busyCitizen = async (place: PortalPlace): Promise<Citizen> => {
  const [person] = people;
  assert.ok(person);
  const citizen = await registered(place, { person: person.id });
  const version = await dogForm.version(citizen);
  const there = (await citizen.call('GET', '/api/cases')).json().items.length as number;
  for (let sent = there; sent < casesInFolder; sent++) {
    const key = { 'idempotency-key': randomUUID() };
    const answer = await citizen.call('POST', '/api/cases', dogForm.submission(version), key);
    assert.equal(answer.status, 201, answer.text);
  }
  return citizen;
};

const ratio = (one: number, other: number): number => Math.round((one / other) * 100) / 100;

interface Instruments {
  readonly browser: Browser;
  readonly lighthouse: Awaited<ReturnType<typeof openLighthouse>>;
  readonly plain: PlainServer;
  /** Of each figure that is a time or a score; odd, for a median. */
  readonly rounds: number;
}

/** A public page is judged by its largest paint, a form by its first field. */
const timesOf = async (
  name: PageName,
  { browser, plain, rounds }: Instruments,
  visited: { url: string; cookies: Cookies },
): Promise<Partial<MeasuredPage>> => {
  const beside = (measure: typeof largestPaint) =>
    besidePlain({ browser, ...visited }, measure, { plain, rounds });
  if (name === 'form') {
    const { ours, plain, scriptless } = await beside(firstField);
    return {
      firstFieldMs: ours,
      plainMs: plain,
      firstFieldRatio: ratio(ours, plain),
      firstFieldScriptsRatio: ratio(ours, scriptless),
    };
  }
  if (pages[name].signedIn) return {};
  const { ours, plain: plainLcpMs, scriptless } = await beside(largestPaint);
  return {
    lcpMs: ours,
    plainLcpMs,
    lcpRatio: ratio(ours, plainLcpMs),
    lcpScriptsRatio: ratio(ours, scriptless),
  };
};

const measurePage = async (
  name: PageName,
  place: PortalPlace,
  instruments: Instruments,
  own: Cookies,
): Promise<MeasuredPage> => {
  const { path, signedIn } = pages[name];
  const cookies = signedIn ? own : [];
  const url = place.url + path;
  const weight = await weigh(instruments.browser, place, path, cookies);
  const lighthouse = await measureScores(instruments.lighthouse, url, { cookies, runs: instruments.rounds });
  return { ...weight, lighthouse, ...(await timesOf(name, instruments, { url, cookies })) };
};

/** @param rounds times that each score and time is taken; odd, at least 5 for figures to keep */
export const measurePages = async (
  place: PortalPlace,
  rounds = 5,
  progress: (line: string) => void = () => {},
): Promise<Record<PageName, MeasuredPage>> => {
  const [browser, lighthouse, plain] = await Promise.all([
    openBrowser(),
    openLighthouse(),
    servePlainPages(place.url),
  ]);
  try {
    const own = cookiesOf(await busyCitizen(place), place);
    const measured: Partial<Record<PageName, MeasuredPage>> = {};
    for (const name of Object.keys(pages) as PageName[]) {
      progress(`Measuring the page ${name} …`);
      measured[name] = await measurePage(name, place, { browser, lighthouse, plain, rounds }, own);
    }
    return measured as Record<PageName, MeasuredPage>;
  } finally {
    plain.close();
    await Promise.all([browser.close(), lighthouse.close()]);
  }
};
