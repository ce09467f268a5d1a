import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ids, publishing, record } from './publishing.ts';

const { content, site, pointer, publish, list } = await publishing();

test('a register that cannot be used replaces nothing', async () => {
  await publish({ source: 'imports/a.json' });
  const before = [pointer(), content.map.get('catalogue/register.json'), site.map.size];
  for (const source of ['imports/broken.json', 'imports/empty.json', 'imports/none.json'])
    await assert.rejects(publish({ source }), { name: 'BrokenRegister' });
  assert.deepEqual([pointer(), content.map.get('catalogue/register.json'), site.map.size], before);
});

test('a register that lost over a fifth of its services is refused in one line, unless somebody insists', async () => {
  const records = Array.from({ length: 10 }, (_, index) => record(index + 1, `Palvelu ${index + 1}`));
  const put = (count: number) =>
    content.put(`imports/${count}.json`, JSON.stringify(records.slice(0, count)), { contentType: '' });
  await Promise.all([10, 8].map(put));
  await publish({ source: 'imports/10.json' });
  const before = [pointer(), content.map.get('catalogue/register.json'), list()];
  await assert.rejects(publish({ source: 'imports/a.json' }), {
    name: 'SuspiciousRegister',
    message: '8 of the 10 services in use are gone from it; the catalogue stays as it was',
  });
  assert.deepEqual([pointer(), content.map.get('catalogue/register.json'), list()], before);
  assert.equal((await publish({ source: 'imports/8.json' })).taken, 8);
  assert.equal((await publish({ source: 'imports/a.json', replace: true })).taken, 2);
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

test('a crash on the way leaves the old catalogue in use, register and all', async () => {
  await publish({ source: 'imports/a.json' });
  const before = [
    pointer(),
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
    pointer(),
    content.map.get('catalogue/register.json'),
    content.map.get('catalogue/published.json'),
    list(),
  ];
  assert.deepEqual(after, before);
});

test('a switch that fails leaves the old catalogue in use for everybody, and the next one does it all', async () => {
  await publish({ source: 'imports/a.json' });
  const inUse = () => [
    pointer(),
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
