import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { excluded } from '../../../lambdas/domain/catalogue/city.ts';
import { BrokenRegister, parseRegister } from '../../../lambdas/domain/catalogue/register.ts';

const record = (id: number, name: string, more = {}) => ({ id, fi: { name, ...more }, sv: [], en: [] });
const parse = (records: unknown) => parseRegister(JSON.stringify(records));

test('what can be taken is taken; the rest is named by position and reason', () => {
  const { services, skipped } = parse([
    record(1, 'Yksi'),
    null,
    { id: 'x', fi: { name: 'Kaksi' } },
    { id: 2, fi: { name: 3 } },
    { id: 4, fi: [], sv: [], en: [] },
    record(1, 'Yksi taas'),
    record(5, '  '),
    { id: 6, fi: { name: 'Kuusi', channels: [{ name: 'no type' }] } },
    record(7, 'Seitsemän'),
  ]);
  assert.deepEqual(
    services.map(({ id }) => id),
    ['tpr-1', 'tpr-7'],
  );
  assert.deepEqual(skipped, [
    { position: 2, reason: 'the record must be object' },
    { position: 3, id: 'tpr-x', reason: 'id must be number' },
    { position: 4, id: 'tpr-2', reason: 'fi.name must be string' },
    { position: 5, id: 'tpr-4', reason: 'no name in any language' },
    { position: 6, id: 'tpr-1', reason: 'the same id again' },
    { position: 7, id: 'tpr-5', reason: 'no name in any language' },
    { position: 8, id: 'tpr-6', reason: 'fi.channels.0.type must be string' },
  ]);
});

test('a file that is no list of services is refused whole', () => {
  for (const file of ['', '[{"id":1', '{"id":1}', '"text"', 'null'])
    assert.throws(() => parseRegister(file), BrokenRegister);
});

test('excluded records are left out with our reason', () => {
  const file = JSON.stringify([record(1, 'Yksi'), record(2, 'Testi')]);
  const { services, skipped } = parseRegister(file, { 'tpr-2': 'test record' });
  assert.equal(services.length, 1);
  assert.deepEqual(skipped, [{ position: 2, id: 'tpr-2', reason: 'excluded: test record' }]);
});

test('links that a page may not carry do not get in', () => {
  const link = (url: string) => ({ type: 'INTERNET', title: url, url });
  const links = ['javascript:alert(1)', 'data:text/html,x', '/relative', 'https://example.org/a'].map(link);
  const [service] = parse([record(1, 'Yksi', { links })]).services;
  assert.deepEqual(
    service?.texts.fi?.links.map(({ url }) => url),
    ['https://example.org/a'],
  );
});

test('what a link leads to is told by its address where the register is wrong or silent', () => {
  const formats = (
    [
      ['https://example.org/a.PDF?x=1', undefined, 'PDF'],
      ['https://example.org/a.docx', 'HTML', 'WORD'],
      ['https://example.org/a', 'WORD', 'WORD'],
      ['https://example.org/a', 'HTML', undefined],
      ['https://example.org/v1.2', undefined, undefined],
    ] as const
  ).map(([url, file_format, expected]) => {
    const links = [{ type: 'INTERNET', title: 'x', url, file_format }];
    const [service] = parse([record(1, 'Yksi', { links })]).services;
    return [service?.texts.fi?.links[0]?.format, expected];
  });
  for (const [found, expected] of formats) assert.equal(found, expected);
});

test('electronic facts are known only where there is an electronic channel to follow', () => {
  const channel = (type: string, url: string) => ({
    type,
    requires_authentication: true,
    for_personal_customer: true,
    links: [{ type: 'INTERNET', title: 'x', url }],
  });
  const [phone, web, dead] = parse([
    record(1, 'Puhelin', { channels: [channel('TELEPHONE', 'https://example.org')] }),
    record(2, 'Verkko', { channels: [channel('ESERVICE', 'https://example.org')] }),
    record(3, 'Kuollut', { channels: [channel('ESERVICE', 'not a link')] }),
  ]).services;
  assert.deepEqual([phone?.electronic, web?.electronic, dead?.electronic], [false, true, false]);
  assert.deepEqual([phone?.identification, web?.identification], [undefined, true]);
  assert.deepEqual(web?.applicants, ['person']);
});

const real = `${import.meta.dirname}/../../../../shared/data/catalogue/errandservices-2025-09-27.json`;
const absent = existsSync(real) || process.env.CI ? false : 'the real register is not here';

test('the real register is taken whole but for its test record', { skip: absent }, () => {
  const { services, skipped } = parseRegister(readFileSync(real, 'utf8'), excluded);
  assert.equal(services.length, 477);
  assert.deepEqual(skipped, [{ position: 335, id: 'tpr-4803', reason: 'excluded: test record' }]);
  const service = services.find(({ id }) => id === 'tpr-520');
  assert.equal(service?.texts.fi?.name, 'Tee oikaisuvaatimus pysäköintivirhemaksusta');
  assert.ok(services.every(({ texts }) => texts.fi?.name));
  assert.equal(services.filter(({ texts }) => !texts.sv).length, 74);
});
