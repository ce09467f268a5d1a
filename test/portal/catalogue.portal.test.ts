/** The city's register, imported into the running portal as an editor would: what is good is taken, what is not changes nothing. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PublishSummary } from '../../lambdas/catalogue/report.ts';
import { realRegister, realRegisterAbsent } from '../catalogue/real-register.ts';
import { command, commandJson } from './command.ts';
import { lambdaLog, portalUnderTest, type RunningPortal } from './portal.ts';

let portal: RunningPortal;
let folder: string;
before(async () => {
  portal = await portalUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'registers-'));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal?.stop();
});

const record = (id: number) => ({
  id,
  fi: { name: `Tuontikoe ${id}`, description: `Kuvaus ${id}` },
  sv: { name: `Importprov ${id}` },
  en: [],
});
const register = (count: number): unknown[] =>
  Array.from({ length: count }, (_, index) => record(9001 + index));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const importFile = (...args: string[]) => command(portal.place, 'catalogue-import', ...args);
const page = async (path: string): Promise<string> => (await fetch(portal.place.url + path)).text();
const list = (): Promise<string> => page('/fi/asiointipalvelut/');

test('a register is taken: a page a service at once, a table of what an editor has to see to', async () => {
  const bad = { id: 'x', fi: { name: 'Ei kelpaa' } };
  const { status, stdout } = await importFile(file('good.json', [...register(10), bad]), '--replace');
  assert.equal(status, 0);
  assert.match(stdout, /Records in the register +11\n/);
  assert.match(stdout, /Taken +10\b/);
  assert.match(stdout, /Texts in English +0 +10 in another language only/);
  assert.match(stdout, /With a topic +0 +10 unplaced/);
  assert.match(stdout, /Skipped \(position[^\n]*\n +11 +tpr-x +id must be number/);
  assert.match(stdout, /Unplaced[^\n]*\n +tpr-9001 +tpr-9002 /);
  assert.match(await page('/sv/tjanster/tpr-9001/'), /Importprov 9001/);
  assert.match(await page('/en/services/tpr-9001/'), /<h1 lang="fi">Tuontikoe 9001<\/h1>/);
  assert.match(lambdaLog(portal.place), /"catalogue":"register-taken","taken":10,"skipped":1/);
});

test('what cannot be used changes no page: one plain line, and a line in the log that the alarm counts', async () => {
  const before = await list();
  const refusals = (): number =>
    lambdaLog(portal.place).match(/"catalogue":"register-refused"/g)?.length ?? 0;
  const earlier = refusals();
  const elsewhere = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const refused: [string, number, RegExp][] = [
    [file('broken.json', '[{"id": 1'), 1, /not taken: the file is not JSON/],
    [file('page.json', '<!doctype html><title>Huolto</title>'), 1, /not taken: the file is not JSON/],
    [file('object.json', { services: [] }), 1, /not taken: the file is not a list/],
    [file('empty.json', []), 1, /not taken: no service could be taken/],
    [file('shrunken.json', register(7)), 1, /not taken: 3 of the 10 services in use are gone from it/],
    [join(folder, 'none.json'), 2, /none\.json cannot be read: ENOENT/],
    [`http://127.0.0.1:${port}/register.json`, 1, /answers 503/],
    ['http://127.0.0.1:1/register.json', 1, /cannot be fetched/],
  ];
  try {
    for (const [from, expected, said] of refused) {
      const { status, stdout, stderr } = await importFile(from);
      assert.deepEqual([status, stdout, stderr.trim().split('\n').length], [expected, '', 1], from);
      assert.match(stderr, said);
    }
  } finally {
    elsewhere.close();
  }
  assert.equal(await list(), before);
  assert.equal(refusals() - earlier, 5);
  assert.doesNotMatch(lambdaLog(portal.place), /"catalogue":"register-refused"[^\n]*Tuontikoe/);
});

test('a call without a register, or with two, is wrong', async () => {
  for (const args of [[], ['a.json', 'b.json'], ['--nonsense']]) {
    const { status, stderr } = await importFile(...args);
    assert.equal(status, 2);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

test('the city’s real register goes in; every service is placed, and old catalogues are taken away', {
  skip: realRegisterAbsent,
}, async () => {
  const imported = await commandJson<PublishSummary>(
    portal.place,
    'catalogue-import',
    realRegister,
    '--replace',
  );
  assert.equal(imported.taken, 477);
  assert.deepEqual(imported.unplaced, []);
  assert.equal(imported.gone.length, 10);
  assert.match(await list(), /data-service="tpr-5663"/);
  assert.match(await page('/en/services/tpr-2062/'), /<h1 lang="fi">/);
  let removed = 0;
  for (let time = 1; time <= 5; time += 1) {
    const small = await commandJson<PublishSummary>(
      portal.place,
      'catalogue-import',
      file('small.json', register(1)),
      '--replace',
    );
    removed += small.removed;
  }
  assert.ok(removed > 3 * 477, `removed ${removed}`);
  assert.match(await page('/fi/asiointipalvelut/tpr-9001/'), /Tuontikoe 9001/);
});
