import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { leastOpenings, popularDays } from '../../lambdas/domain/popularity.ts';
import { people } from '../../lib/local/engines/identity/people.ts';
import { type PageName, pageUrl } from '../../web/urls.ts';
import {
  assertAccessible,
  assertNoSidewaysScroll,
  openBrowser,
  scriptRuns,
  type Visitor,
  visit,
  widths,
} from './browser.ts';
import { type Citizen, nobody, registered } from './citizen.ts';
import { command, commandJson } from './command.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';

let portal: RunningPortal;
let browser: Browser;
let citizen: Citizen;

/** A time of its own: neither counts nor bulletins of other tests reach it. */
const noon = '2027-03-01T12:00:00+02:00';
const later = (minutes: number, seconds = 0): string =>
  new Date(Date.parse(noon) + minutes * 60_000 + seconds * 1_000).toISOString();
const setClock = async (time: string): Promise<void> => {
  const { status, stderr } = await command(portal.place, 'clock', time);
  assert.equal(status, 0, stderr);
};

before(async () => {
  portal = await portalUnderTest();
  browser = await openBrowser();
  await setClock(noon);
  const [person] = people;
  assert.ok(person);
  citizen = await registered(portal.place, { person: person.id });
});
after(async () => {
  for (const id of ['katko', 'toinen']) await command(portal.place, 'department', 'bulletin', id, '--remove');
  await command(portal.place, 'clock', 'now');
  await browser?.close();
  await portal.stop();
});

const texts = {
  fi: 'Huoltokatko klo 13. <b>Katso</b> https://example.fi/katko.\nPahoittelemme.',
  sv: 'Serviceavbrott kl. 13. Se https://example.fi/avbrott.',
  en: 'Maintenance at 13. See https://example.fi/break.',
} as const;
const titles = { fi: 'Palvelutiedotteet', sv: 'Servicemeddelanden', en: 'Service bulletins' } as const;
const languages = ['fi', 'sv', 'en'] as const;
const showing = ['home', 'services', 'front'] as const satisfies PageName[];

const announce = (id: string, from: string, until: string) =>
  command(
    portal.place,
    'department',
    ...['bulletin', id, '--from', from, '--until', until],
    ...languages.flatMap(language => [`--${language}`, texts[language]]),
  );

const shown = async (): Promise<string[]> =>
  (await nobody(portal.place).call('GET', '/api/bulletins')).json().items.map(({ id }: { id: string }) => id);

const signIn = ({ context }: Visitor) =>
  context.addCookies(
    [...citizen.cookies].map(([name, value]) => ({
      ...{ name, value, domain: 'localhost', path: '/', secure: true },
      httpOnly: name.startsWith('__Host-'),
    })),
  );

/** The page with all that it asks for, so that what is not there will not come. */
const open = async (page: Page, path: string): Promise<void> => {
  const answers = Promise.all([
    page.waitForResponse(/\/api\/bulletins$/),
    ...(path === pageUrl('fi', 'home') ? [page.waitForResponse(/\/api\/popular-services$/)] : []),
  ]);
  await page.goto(portal.place.url + path);
  await answers;
  await page.locator('h1').first().waitFor();
};

const region = (page: Page, language: keyof typeof titles = 'fi') =>
  page.getByRole('region', { name: titles[language] });

test('a bulletin is there from its beginning to its end by the portal’s clock, and not a second longer', async () => {
  const put = await announce('katko', later(30), later(60));
  assert.equal(put.status, 0, put.stderr);
  const visitor = await visit(browser);
  await signIn(visitor);
  const { page, context, complaints } = visitor;
  const seen = async (): Promise<number[]> => {
    const counts: number[] = [];
    for (const name of showing) {
      await open(page, pageUrl('fi', name));
      if (name === 'front') await page.getByRole('heading', { name: 'Uusimmat tapahtumat' }).waitFor();
      counts.push(await region(page).count());
    }
    return counts;
  };
  assert.deepEqual(await shown(), []);
  assert.deepEqual(await seen(), [0, 0, 0], 'nothing to announce, nothing there');
  await setClock(later(30));
  assert.deepEqual(await shown(), ['katko']);
  assert.deepEqual(await seen(), [1, 1, 1]);
  await setClock(later(59, 55));
  assert.deepEqual(await shown(), ['katko']);
  await setClock(later(60));
  assert.deepEqual(await shown(), []);
  assert.deepEqual(await seen(), [0, 0, 0]);
  assert.deepEqual(complaints(), []);
  await context.close();
  await setClock(noon);
});

test('it is read in the page’s language, its address a link and nothing in it HTML', async () => {
  await announce('katko', later(0), later(60));
  for (const width of Object.keys(widths) as (keyof typeof widths)[]) {
    const visitor = await visit(browser, width);
    await signIn(visitor);
    // A wide page has nothing that a narrow one has not.
    for (const language of width === 'phone' ? languages : (['fi'] as const))
      for (const name of showing) {
        const path = pageUrl(language, name);
        await open(visitor.page, path);
        const place = region(visitor.page, language);
        await place.waitFor();
        assert.equal((await place.innerText()).replace(titles[language], '').trim(), texts[language], path);
        const link = place.getByRole('link');
        assert.equal(await link.getAttribute('href'), await link.textContent());
        assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/example\.fi\/\w+$/);
        assert.equal(await place.locator('b').count(), 0);
        // The list is long, and the same in every language.
        if (width === 'phone' && (name !== 'services' || language === 'fi'))
          await assertAccessible(visitor.page, path);
        await assertNoSidewaysScroll(visitor.page, path);
      }
    assert.deepEqual(visitor.complaints(), []);
    await visitor.context.close();
  }
});

test('a bulletin is its department’s alone', async () => {
  const other = ['--client', 'local-other-department'];
  const removed = await command(portal.place, 'department', 'bulletin', 'katko', '--remove', ...other);
  assert.deepEqual([removed.status, /404 not-found/.test(removed.stderr)], [1, true], removed.stderr);
  assert.deepEqual(await commandJson(portal.place, 'department', 'bulletins', ...other), []);
  assert.deepEqual(await shown(), ['katko']);
  const own = await commandJson<{ id: string }[]>(portal.place, 'department', 'bulletins');
  assert.ok(own.some(({ id }) => id === 'katko'));
  const reader = await command(portal.place, 'department', 'bulletins', '--client', 'local-reader');
  assert.equal(reader.status, 1);
  assert.match(reader.stderr, /403 scope-missing/);
  const gone = await command(portal.place, 'department', 'bulletin', 'katko', '--remove');
  assert.equal(gone.status, 0, gone.stderr);
  assert.deepEqual(await shown(), []);
});

const dayMs = 24 * 60 * 60_000;
const popular = async (): Promise<string[]> =>
  (await nobody(portal.place).call('GET', '/api/popular-services'))
    .json()
    .items.map(({ id }: { id: string }) => id);
const service = 'terveydenhuollon-suostumus';
const openingOf = (id: string) => nobody(portal.place).call('POST', `/api/services/${id}/openings`, {});

test('what is opened often becomes popular, also on the pages that are there already, and is forgotten again', async () => {
  // Away from every other test's openings, and from those of this one's last run.
  const day = Date.UTC(2028, 0, 1, 10) + Math.floor(Math.random() * 3_000) * dayMs;
  await setClock(new Date(day).toISOString());
  const chosen = await popular();
  assert.ok(chosen.indexOf(service) > 0);
  for (let n = 1; n < leastOpenings; n++) assert.equal((await openingOf(service)).status, 204);
  assert.deepEqual(await popular(), chosen, 'too few to tell');
  await openingOf(service);
  assert.deepEqual(await popular(), [service, ...chosen.filter(id => id !== service)]);
  const { page, context, complaints } = await visit(browser, 'phone', 'sv-FI');
  await page.goto(`${portal.place.url}/sv/`);
  const first = page.getByRole('region', { name: 'Populära tjänster' }).getByRole('link').first();
  await page.getByRole('link', { name: 'Samtycke till e-tjänster' }).first().waitFor();
  await page.waitForFunction(
    path => document.querySelector('#popular-services a')?.getAttribute('href') === path,
    pageUrl('sv', 'services', service),
  );
  assert.match((await first.textContent()) ?? '', /^Samtycke till e-tjänster/);
  assert.deepEqual(complaints(), []);
  await context.close();
  await setClock(new Date(day + popularDays * dayMs).toISOString());
  assert.deepEqual(await popular(), chosen);
});

test('whoever goes to a service is counted without a cookie, an address of theirs or a word of where they were', async () => {
  await setClock(noon);
  assert.equal((await openingOf('olematon')).status, 404);
  const counts = () =>
    lambdaLog(portal.place).split(/"POST \/api\/services\/\{id\}\/openings","status":204/).length;
  const countedBefore = counts();
  const visitor = await visit(browser);
  await signIn(visitor);
  const { page, context } = visitor;
  await page.goto(`${portal.place.url}/fi/`);
  await page.evaluate(id => {
    const way = document.createElement('p');
    way.className = 'go-to';
    way.dataset.service = id;
    const link = document.createElement('a');
    link.href = 'https://elsewhere.example/';
    link.textContent = 'Siirry palveluun';
    way.append(link);
    document.getElementById('content')?.append(way);
  }, service);
  await context.route('https://elsewhere.example/', route => route.fulfill({ body: 'elsewhere' }));
  const counted = page.waitForRequest(/\/openings$/);
  await page.getByRole('link', { name: 'Siirry palveluun' }).click();
  const request = await counted;
  assert.equal(new URL(request.url()).pathname, `/api/services/${service}/openings`);
  const headers = await request.allHeaders();
  assert.deepEqual([headers.cookie, headers.referer, request.postData()], [undefined, undefined, '{}']);
  // The page that asked is gone: it was counted all the same.
  await page.waitForURL('https://elsewhere.example/');
  for (let tries = 0; tries < 50 && counts() === countedBefore; tries++) await wait(100);
  assert.equal(counts(), countedBefore + 1);

  // A form of ours is counted where it opens, once.
  const openings: string[] = [];
  page.on('request', each => /\/openings$/.test(each.url()) && openings.push(new URL(each.url()).pathname));
  const opened = page.waitForRequest(/\/openings$/);
  await page.goto(portal.place.url + pageUrl('fi', 'form', 'koirailmoitus'));
  await Promise.all([opened, scriptRuns(page)]);
  await page.getByRole('heading', { level: 1, name: 'Koirailmoitus' }).waitFor();
  assert.deepEqual(openings, ['/api/services/koirailmoitus/openings']);
  await context.close();
});
