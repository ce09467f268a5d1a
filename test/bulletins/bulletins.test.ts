import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listBulletins } from '../../lambdas/bulletins/bulletins.ts';
import type { Bulletin } from '../../lambdas/domain/bulletin.ts';

const now = 1_000_000;
const text = { fi: 'Katko', sv: 'Avbrott', en: 'Break' };
const bulletin = (id: string, from: number, until: number): Bulletin => ({ id, text, from, until });

const answered = (...announced: Bulletin[]) =>
  listBulletins({ now }, { bulletins: { all: async () => announced } });
const keptFor = async (...announced: Bulletin[]) =>
  Number(/s-maxage=(\d+)$/.exec((await answered(...announced)).headers?.['cache-control'] ?? '')?.[1]);

test('what is in force now is answered, nothing that is to come or over', async () => {
  const { body } = await answered(
    bulletin('now', now, now + 1),
    bulletin('later', now + 1, now + 2),
    bulletin('over', now - 1, now),
  );
  assert.deepEqual(body, { items: [bulletin('now', now, now + 1)] });
});

test('CloudFront keeps the list a minute, and never over the beginning or the end of one', async () => {
  assert.equal(await keptFor(), 60);
  assert.equal(await keptFor(bulletin('a', now, now + 3_600_000)), 60);
  assert.equal(await keptFor(bulletin('a', now, now + 20_900)), 20);
  assert.equal(await keptFor(bulletin('a', now, now + 50_000), bulletin('b', now + 5_000, now + 90_000)), 5);
  assert.equal(await keptFor(bulletin('a', now, now + 500)), 0);
});

test('browsers ask each time', async () => {
  assert.match((await answered()).headers?.['cache-control'] ?? '', /^public, max-age=0,/);
});
