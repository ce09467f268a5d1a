import assert from 'node:assert/strict';
import { test } from 'node:test';
import { downloadRegister } from '../../lambdas/catalogue/download.ts';
import type { PublishRequest } from '../../lambdas/catalogue/publish.ts';
import type { CatalogueLine } from '../../lambdas/catalogue/report.ts';
import { unpackIndex } from '../../lambdas/domain/catalogue/search/search-index.ts';
import { readSite } from '../../web/build/site.ts';
import type { MemoryObjects } from './publisher.ts';
import { ids, publishing, record } from './publishing.ts';

const { publisher, own, content, site, pointer, dependencies, publish, list } = await publishing();

test('a register is taken into use with our own services; the summary says what was not', async () => {
  const summary = await publish({ source: 'imports/a.json' });
  assert.equal(summary.taken, 2);
  assert.equal(summary.own, own.length);
  assert.equal(summary.pages, 3 * (1 + 2 + own.length));
  assert.deepEqual(summary.skipped, [{ position: 2, reason: 'the record must be object' }]);
  assert.equal(pointer(), summary.version);
  assert.match(summary.version, /^20261123000000-/);
  assert.deepEqual(new Set(ids(list())), new Set([...own.map(({ id }) => id), 'tpr-1', 'tpr-2']));
  assert.ok(site.map.has(`catalogue/${pointer()}/en/services/tpr-1/index.html`));
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
    site.map.get(`catalogue/${pointer()}/sv/tjanster/avustus/index.html`) ?? '',
    /href="\/sv\/blankett\/avustus\/"/,
  );
  const published = JSON.parse(content.map.get('catalogue/published.json') ?? '{}');
  assert.deepEqual(
    published.services.find(({ id }: { id: string }) => id === 'avustus'),
    { id: 'avustus', form: 'avustus', applicants: ['organisation'], stored: true, name },
  );
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
  const removed = await publisher.removeOldVersions(pointer() ?? '', dependencies);
  const kept = [...used.slice(2, 6), used[6] ?? ''];
  assert.deepEqual(versionsIn(site).sort(), kept.toSorted());
  assert.deepEqual(versionsIn(content).sort(), kept.toSorted());
  assert.deepEqual(
    indexes.map(path => site.map.has(path)),
    [false, false, true, true, true, true, true],
  );
  assert.ok(removed > 2 * 3 * (2 + own.length));
  assert.ok(content.map.has('catalogue/register.json') && content.map.has('catalogue/published.json'));
  assert.equal(await publisher.removeOldVersions(pointer() ?? '', dependencies), 0);
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
