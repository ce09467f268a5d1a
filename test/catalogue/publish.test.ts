import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, beforeEach, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { downloadRegister } from '../../lambdas/catalogue/download.ts';
import type { PublishDependencies, PublishRequest } from '../../lambdas/catalogue/publish.ts';
import type { CatalogueLine } from '../../lambdas/catalogue/report.ts';
import { parseRegister } from '../../lambdas/domain/catalogue/register.ts';
import { unpackIndex } from '../../lambdas/domain/catalogue/search/search-index.ts';
import type { Service } from '../../lambdas/domain/catalogue/service.ts';
import { inlineCode } from '../../web/build/inline-code.ts';
import { readOwnServices } from '../../web/build/own-services.ts';
import { readSite } from '../../web/build/site.ts';
import { loadPublisher, type MemoryObjects, memoryObjects } from './publisher.ts';
import { realRegister, realRegisterAbsent } from './real-register.ts';

const root = join(import.meta.dirname, '../..');
const assets = {
  'styles.css': '/assets/styles-1.css',
  'first.js': '/assets/first-1.js',
  'frame.js': '/assets/frame-1.js',
};
/** CloudFront packs while somebody waits, less tightly than one could. */
const asOnTheWay = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const searchIndex = { fi: '/fi.json', sv: '/sv.json', en: '/en.json' };
const record = (id: number, name: string) => ({ id, fi: { name }, sv: [], en: [] });

let publisher: Awaited<ReturnType<typeof loadPublisher>>;
let own: Service[];
before(async () => {
  publisher = await loadPublisher();
  own = await readOwnServices(join(root, 'web'));
});

let content: MemoryObjects;
let site: MemoryObjects;
let pointer: string | undefined;
let dependencies: PublishDependencies;
beforeEach(() => {
  content = memoryObjects({
    'services.json': JSON.stringify(own),
    'imports/a.json': JSON.stringify([record(1, 'Yksi'), null, record(2, 'Kaksi')]),
    'imports/b.json': JSON.stringify([record(3, 'Kolme')]),
    'imports/broken.json': '[{"id": 1',
    'imports/empty.json': '[]',
  });
  site = memoryObjects({
    'assets/manifest.json': JSON.stringify(assets),
    'assets/site.json': JSON.stringify(readSite()),
  });
  pointer = undefined;
  const pointers = {
    set: async (_: string, version: string) => {
      pointer = version;
    },
  };
  dependencies = {
    content,
    site,
    pointers,
    download: async url =>
      url === 'https://register.example/' ? (content.map.get('imports/a.json') ?? '') : '',
    portalUrl: 'http://localhost:3000',
    now: () => Date.UTC(2026, 10, 23),
  };
});

const publish = (request: PublishRequest, other: Partial<PublishDependencies> = {}) =>
  publisher.publishCatalogue(request, { ...dependencies, ...other });
const list = (language = 'fi/asiointipalvelut'): string =>
  site.map.get(`catalogue/${pointer}/${language}/index.html`) ?? '';
const ids = (html: string): string[] =>
  [...html.matchAll(/<li class="service" data-service="([^"]+)"/g)].map(([, id = '']) => id);

test('a register is taken into use with our own services; the summary says what was not', async () => {
  const summary = await publish({ source: 'imports/a.json' });
  assert.equal(summary.taken, 2);
  assert.equal(summary.own, own.length);
  assert.equal(summary.pages, 3 * (1 + 2 + own.length));
  assert.deepEqual(summary.skipped, [{ position: 2, reason: 'the record must be object' }]);
  assert.equal(pointer, summary.version);
  assert.match(summary.version, /^20261123000000-/);
  assert.deepEqual(new Set(ids(list())), new Set([...own.map(({ id }) => id), 'tpr-1', 'tpr-2']));
  assert.ok(site.map.has(`catalogue/${pointer}/en/services/tpr-1/index.html`));
});

test('without a source the register in use stays, and a published form becomes a service', async () => {
  await publish({ source: 'imports/a.json' });
  const form = { id: 'avustus', form: 'avustus', version: 'abc', applicants: ['organisation'], stored: true };
  const name = { fi: 'Avustus', sv: 'Bidrag', en: 'Grant' };
  await content.put('services/published/avustus.json', JSON.stringify({ ...form, name }), {
    contentType: '',
  });
  const summary = await publish({});
  assert.equal(summary.taken, 2);
  assert.equal(summary.forms, 1);
  assert.ok(ids(list()).includes('avustus'));
  assert.match(
    site.map.get(`catalogue/${pointer}/sv/tjanster/avustus/index.html`) ?? '',
    /href="\/sv\/blankett\/avustus\/"/,
  );
  const published = JSON.parse(content.map.get('catalogue/published.json') ?? '{}');
  assert.deepEqual(
    published.services.find(({ id }: { id: string }) => id === 'avustus'),
    { id: 'avustus', form: 'avustus', applicants: ['organisation'], stored: true, name },
  );
});

test('a register that cannot be used replaces nothing', async () => {
  await publish({ source: 'imports/a.json' });
  const before = [pointer, content.map.get('catalogue/register.json'), site.map.size];
  for (const source of ['imports/broken.json', 'imports/empty.json', 'imports/none.json'])
    await assert.rejects(publish({ source }), { name: 'BrokenRegister' });
  assert.deepEqual([pointer, content.map.get('catalogue/register.json'), site.map.size], before);
});

test('a register that lost over a fifth of its services is refused in one line, unless somebody insists', async () => {
  const records = Array.from({ length: 10 }, (_, index) => record(index + 1, `Palvelu ${index + 1}`));
  const put = (count: number) =>
    content.put(`imports/${count}.json`, JSON.stringify(records.slice(0, count)), { contentType: '' });
  await Promise.all([10, 8].map(put));
  await publish({ source: 'imports/10.json' });
  const before = [pointer, content.map.get('catalogue/register.json'), list()];
  await assert.rejects(publish({ source: 'imports/a.json' }), {
    name: 'SuspiciousRegister',
    message: '8 of the 10 services in use are gone from it; the catalogue stays as it was',
  });
  assert.deepEqual([pointer, content.map.get('catalogue/register.json'), list()], before);
  assert.equal((await publish({ source: 'imports/8.json' })).taken, 8);
  assert.equal((await publish({ source: 'imports/a.json', replace: true })).taken, 2);
});

test('a register is searched by an index of its own, named for what it holds', async () => {
  await publish({ source: 'imports/a.json' });
  const address = /data-index="\/([^"]+)"/.exec(list())?.[1] ?? '';
  const first = site.map.get(address) ?? '';
  assert.match(address, /^catalogue\/search\/fi-[0-9a-f]{12}\.json$/);
  assert.ok(unpackIndex(first).ids.includes('tpr-2'));
  await publish({ source: 'imports/b.json', replace: true });
  assert.ok(!list().includes(address));
  assert.equal(site.map.get(address), first);
});

test('the summary says what is new, gone, without a language, and whose department nobody can name', async () => {
  const unknown = { ...record(7, 'Seitsemän').fi, responsible_depts: ['a-new-one'] };
  const known = { ...record(8, 'Kahdeksan').fi, responsible_depts: ['421399be-a090-4298-8745-ab4899873308'] };
  const register = [
    { id: 7, fi: unknown, sv: unknown, en: [] },
    { id: 8, fi: known, sv: known, en: known },
    // The register names nobody for it; the editor does.
    record(275, 'Piirustukset'),
    record(1, 'Yksi'),
  ];
  await content.put('imports/departments.json', JSON.stringify(register), { contentType: '' });
  const first = await publish({ source: 'imports/a.json' });
  assert.deepEqual([first.added, first.gone], [[], []]);
  const summary = await publish({ source: 'imports/departments.json', replace: true });
  assert.deepEqual(summary.added, ['tpr-7', 'tpr-8', 'tpr-275']);
  assert.deepEqual(summary.gone, ['tpr-2']);
  assert.deepEqual(summary.missing, {
    fi: [],
    sv: ['tpr-275', 'tpr-1'],
    en: ['tpr-7', 'tpr-275', 'tpr-1'],
  });
  assert.deepEqual(summary.unknownDepartments, [{ id: 'a-new-one', services: ['tpr-7'] }]);
  assert.deepEqual(summary.withoutDepartment, ['tpr-1']);
});

test('what the editor adds is not kept with the register: a word taken back is gone with the next publication', async () => {
  await content.put('imports/plain.json', JSON.stringify([record(275, 'Piirustukset')]), { contentType: '' });
  await publish({ source: 'imports/plain.json' });
  const [kept] = JSON.parse(content.map.get('catalogue/register.json') ?? '[]');
  assert.deepEqual([kept.topics, kept.departments], [[], []]);
});

test('a register that lost a language is as suspicious as one that lost its services', async () => {
  const all = Array.from({ length: 10 }, (_, index) => {
    const { fi } = record(index + 1, `Palvelu ${index + 1}`);
    return { id: index + 1, fi, sv: fi, en: [] };
  });
  const without = (count: number) => all.map((one, index) => (index < count ? { ...one, sv: [] } : one));
  for (const [name, register] of Object.entries({ all, three: without(3), two: without(2) }))
    await content.put(`imports/${name}.json`, JSON.stringify(register), { contentType: '' });
  await publish({ source: 'imports/all.json' });
  await assert.rejects(publish({ source: 'imports/three.json' }), {
    name: 'SuspiciousRegister',
    message: /^3 of the 10 services with Swedish texts in use are gone/,
  });
  assert.equal((await publish({ source: 'imports/two.json' })).missing.sv.length, 2);
});

const versionsIn = (objects: MemoryObjects): string[] => [
  ...new Set([...objects.map.keys()].flatMap(key => /^catalogue\/(\d{14}-\w+)\//.exec(key)?.[1] ?? [])),
];

test('the newest versions stay, with the search files they name; older ones go, whatever the clock said', async () => {
  const used: string[] = [];
  const indexOf = (): string => /data-index="\/([^"]+)"/.exec(list())?.[1] ?? '';
  const indexes: string[] = [];
  for (let day = 1; day <= 7; day += 1) {
    // The last one is published on a machine whose clock is a year behind.
    const now = () => (day === 7 ? Date.UTC(2025, 0, 1) : Date.UTC(2026, 10, day));
    const register = JSON.stringify([record(day, `Palvelu ${'abcdefg'[day - 1]}kirja`)]);
    await content.put('imports/day.json', register, { contentType: '' });
    const { version } = await publish({ source: 'imports/day.json', replace: true }, { now });
    used.push(version);
    indexes.push(indexOf());
  }
  site.map.set('catalogue/20240101000000-00000000/fi/half/index.html', 'a publication that failed');
  const removed = await publisher.removeOldVersions(pointer ?? '', dependencies);
  const kept = [...used.slice(2, 6), used[6] ?? ''];
  assert.deepEqual(versionsIn(site).sort(), kept.toSorted());
  assert.deepEqual(versionsIn(content).sort(), kept.toSorted());
  assert.deepEqual(
    indexes.map(path => site.map.has(path)),
    [false, false, true, true, true, true, true],
  );
  assert.ok(removed > 2 * 3 * (2 + own.length));
  assert.ok(content.map.has('catalogue/register.json') && content.map.has('catalogue/published.json'));
  assert.equal(await publisher.removeOldVersions(pointer ?? '', dependencies), 0);
});

test('the log says how a publication went: counted by the stack, and nothing of the register in it', async () => {
  const lines: CatalogueLine[] = [];
  const report = (request: PublishRequest, tidy = async () => 4) =>
    publisher.publishAndReport(request, {
      publish: asked => publish(asked),
      tidy,
      log: line => lines.push(line),
      now: () => 0,
    });
  const last = () => JSON.parse(JSON.stringify(lines.at(-1)));
  assert.equal((await report({ source: 'imports/a.json' })).removed, 4);
  const at = '1970-01-01T00:00:00.000Z';
  assert.deepEqual(last(), {
    at,
    level: 'info',
    catalogue: 'register-taken',
    taken: 2,
    skipped: 1,
    removed: 4,
  });
  await assert.rejects(report({ source: 'imports/broken.json' }), { name: 'BrokenRegister' });
  assert.deepEqual(last(), {
    at,
    level: 'error',
    catalogue: 'register-refused',
    reason: 'the file is not JSON',
  });
  await assert.rejects(report({ source: 'imports/b.json' }), { name: 'SuspiciousRegister' });
  assert.equal(last().catalogue, 'register-refused');
  site.map.delete('assets/site.json');
  await assert.rejects(report({}), /site/);
  assert.deepEqual(last(), { at, level: 'error', catalogue: 'catalogue-failed', reason: 'Error' });
  site.map.set('assets/site.json', JSON.stringify(readSite()));
  const untidied = await report({}, () => Promise.reject(new Error('no')));
  assert.equal(untidied.removed, 0);
  assert.deepEqual(
    lines.slice(-2).map(({ catalogue }) => catalogue),
    ['catalogue-untidied', 'catalogue-published'],
  );
});

test('a service that nobody has placed is named in the summary; the others stand under their topics', async () => {
  const register = [record(520, 'Oikaisuvaatimus'), record(1, 'Uusi palvelu')];
  await content.put('imports/topics.json', JSON.stringify(register), { contentType: '' });
  const { unplaced } = await publish({ source: 'imports/topics.json' });
  assert.deepEqual(unplaced, ['tpr-1']);
  assert.match(list(), /data-service="tpr-520" data-codes="P16"/);
});

test('a register is fetched where the schedule says', async () => {
  assert.equal((await publish({ url: 'https://register.example/' })).taken, 2);
  await assert.rejects(publish({ url: 'https://elsewhere.example/' }), { name: 'BrokenRegister' });
});

test('only https is fetched, and whatever goes wrong is a broken register', async () => {
  const answering = (response: Response) => async () => response;
  const url = 'https://register.example/';
  assert.equal(await downloadRegister(url, answering(new Response('[]'))), '[]');
  const broken = { name: 'BrokenRegister' };
  await assert.rejects(downloadRegister('http://register.example/', answering(new Response('[]'))), broken);
  await assert.rejects(downloadRegister(url, answering(new Response('', { status: 503 }))), /503/);
  await assert.rejects(
    downloadRegister(url, () => Promise.reject(new TypeError('no'))),
    broken,
  );
});

test('a crash on the way leaves the old catalogue in use, register and all', async () => {
  await publish({ source: 'imports/a.json' });
  const before = [
    pointer,
    content.map.get('catalogue/register.json'),
    content.map.get('catalogue/published.json'),
    list(),
  ];
  let writes = 0;
  const failing = {
    ...site,
    put: async (...parts: Parameters<typeof site.put>) => {
      if (++writes > 5) throw new Error('the bucket is gone');
      await site.put(...parts);
    },
  };
  await assert.rejects(
    publish({ source: 'imports/b.json', replace: true }, { site: failing }),
    /the bucket is gone/,
  );
  const after = [
    pointer,
    content.map.get('catalogue/register.json'),
    content.map.get('catalogue/published.json'),
    list(),
  ];
  assert.deepEqual(after, before);
});

test('a switch that fails leaves the old catalogue in use for everybody, and the next one does it all', async () => {
  await publish({ source: 'imports/a.json' });
  const inUse = () => [
    pointer,
    content.map.get('catalogue/register.json'),
    content.map.get('catalogue/published.json'),
    site.map.get('catalogue/sitemap.xml'),
  ];
  const before = inUse();
  assert.ok(before.every(one => one !== undefined));
  const next = { source: 'imports/b.json', replace: true };
  const set = () => Promise.reject(new Error('somebody else wrote in between'));
  await assert.rejects(publish(next, { pointers: { set } }), /somebody else/);
  assert.deepEqual(inUse(), before);

  // After it, whatever is not written is written by another try.
  for (const failing of ['catalogue/register.json', 'catalogue/published.json']) {
    const put: typeof content.put = async (key, ...rest) => {
      if (key === failing) throw new Error('the bucket is gone');
      await content.put(key, ...rest);
    };
    await assert.rejects(publish(next, { content: { ...content, put } }), /the bucket is gone/);
    const { version } = JSON.parse(content.map.get('catalogue/published.json') ?? '{}');
    assert.equal(version, before[0], 'the API has the old one, whole');
  }
  const { version } = await publish({});
  assert.equal(JSON.parse(content.map.get('catalogue/published.json') ?? '{}').version, version);
  assert.ok(ids(list()).includes('tpr-3'), 'with the register that is in use on the pages');
});

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '[x](javascript:alert(1))',
    '</title><style>*{}</style>',
    '&lt;script&gt;',
  ),
);

/** Elements and attributes, without what they say. */
const shape = (html: string): string =>
  [...html.matchAll(/<[^>"']*(?:"[^"]*"[^>"']*)*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""')).join('');

test('whatever the register says, it is text: no page gets an element or an attribute from it', () => {
  const service = (text: string): Service => ({
    ...{
      id: 'tpr-1',
      origin: 'register',
      topics: [],
      groups: [],
      lifeEvents: [],
      departments: [],
      electronic: false,
    },
    texts: {
      fi: {
        ...{ name: `x${text}`, synonyms: text, description: `d${text.replace(/[\s.:@]/g, '')}` },
        links: [{ title: text, url: 'https://example.org/' }],
        channels: [{ kind: 'telephone', name: text, hours: text, phone: 'x', links: [] }],
      },
    },
  });
  const render = (text: string): string[] =>
    [...publisher.renderCatalogue({ services: [service(text)], site: readSite(), assets, searchIndex })].map(
      ({ html }) => html,
    );
  const plain = render('plain').map(shape);
  fc.assert(
    fc.property(hostile, text => {
      const pages = render(`a${text}`);
      assert.deepEqual(pages.flatMap(inlineCode), []);
      assert.deepEqual(
        pages.map(shape).map(one => one.replaceAll('<br/>', '')),
        plain,
      );
    }),
    { numRuns: 60 },
  );
});

test('the real register: a page for each, lists under 30 kB, nothing that could run', {
  skip: realRegisterAbsent,
}, async () => {
  await content.put('imports/real.json', readFileSync(realRegister, 'utf8'), { contentType: '' });
  const summary = await publish({ source: 'imports/real.json' });
  assert.equal(summary.taken, 477);
  assert.deepEqual(
    summary.skipped.map(({ id, reason }) => [id, reason]),
    [['tpr-4803', 'excluded: test record']],
  );
  assert.deepEqual(summary.unplaced, []);
  assert.deepEqual(summary.unknownDepartments, []);
  // An animal hospital, lost property and an office of the state: nobody of the city answers for them.
  assert.deepEqual(summary.withoutDepartment.toSorted(), ['tpr-4091', 'tpr-5443', 'tpr-5444', 'tpr-5445']);
  assert.deepEqual(
    Object.values(summary.missing).map(({ length }) => length > 0),
    [false, true, true],
  );
  assert.equal(summary.pages, 3 * (1 + 477 + own.length));
  for (const language of ['fi/asiointipalvelut', 'sv/tjanster', 'en/services']) {
    assert.equal(ids(list(language)).length, 477 + own.length);
    assert.ok(brotliCompressSync(list(language), asOnTheWay).length <= 30_000, language);
  }
  const some = [...site.map].filter(([key], index) => key.endsWith('.html') && index % 10 === 0);
  for (const [key, html] of some) assert.deepEqual(inlineCode(html), [], key);
  assert.equal(parseRegister(readFileSync(realRegister, 'utf8')).services.length, 478);
});
