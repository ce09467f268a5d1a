import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf } from '../../lambdas/domain/popularity.ts';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import type { PopularService } from '../../lambdas/http/wire/services.ts';
import { countOpening, listPopular } from '../../lambdas/openings/openings.ts';
import { catalogueInUse } from '../../lambdas/storage/catalogue-in-use.ts';
import { memoryObjects } from '../catalogue/publisher.ts';

const now = Date.UTC(2026, 10, 23, 10);
const texts = (name: string) => ({ name, links: [], channels: [] });
const service = (id: string, written: object) => JSON.stringify({ id, texts: written });

const content = () =>
  memoryObjects({
    'catalogue/published.json': JSON.stringify({ version: 'v2' }),
    'catalogue/v1/gone.json': service('gone', { fi: texts('Mennyt') }),
    'catalogue/v2/tpr-1.json': service('tpr-1', { fi: texts('Suomeksi vain') }),
    'catalogue/v2/koirailmoitus.json': service('koirailmoitus', {
      fi: texts('Koirailmoitus'),
      sv: texts('Hundanmälan'),
      en: texts('Dog notification'),
    }),
  });

const counting = (days: Readonly<Record<string, Record<string, number>>> = {}) => {
  const added: string[] = [];
  return {
    added,
    add: async (id: string) => added.push(id) > 0,
    of: async (day: string) => new Map(Object.entries(days[day] ?? {})),
  };
};

const open = (id: string, openings = counting(), catalogue = catalogueInUse(content())) =>
  countOpening({ parameters: { id }, now } as unknown as PublicRequest, { openings, catalogue });

const popular = async (days: Readonly<Record<string, Record<string, number>>>, objects = content()) => {
  const { body } = await listPopular(
    { now },
    { openings: counting(days), catalogue: catalogueInUse(objects) },
  );
  return (body as { items: PopularService[] }).items;
};

test('an opening of a service of the catalogue is counted, of nothing else', async () => {
  const openings = counting();
  assert.equal((await open('tpr-1', openings)).status, 204);
  for (const id of ['gone', '../published', '', 'x'.repeat(101)])
    await assert.rejects(open(id, openings), { reason: { kind: 'not-found' } });
  assert.deepEqual(openings.added, ['tpr-1']);
});

test('popular are those of the counts that still exist, then the editor’s', async () => {
  const items = await popular({ [dayOf(now)]: { gone: 99, 'tpr-1': 7, koirailmoitus: 1 } });
  assert.deepEqual(
    items.map(({ id }) => id),
    ['tpr-1', 'koirailmoitus'],
  );
  assert.deepEqual(items[0]?.name, { fi: 'Suomeksi vain', sv: 'Suomeksi vain', en: 'Suomeksi vain' });
  assert.deepEqual(items[0]?.writtenIn, { fi: 'fi', sv: 'fi', en: 'fi' });
  assert.deepEqual(items[1]?.writtenIn, { fi: 'fi', sv: 'sv', en: 'en' });
});

test('before there is a catalogue nothing is popular', async () => {
  assert.deepEqual(await popular({ [dayOf(now)]: { 'tpr-1': 99 } }, memoryObjects()), []);
});

test('a new catalogue is known within a minute, and S3 is not asked again for what is', async () => {
  const objects = content();
  const asked: string[] = [];
  const catalogue = catalogueInUse({
    get: key => {
      asked.push(key);
      return objects.get(key);
    },
  });
  assert.ok(await catalogue.find('tpr-1', now));
  assert.equal(await catalogue.find('tpr-9', now), undefined);
  asked.length = 0;
  await catalogue.find('tpr-1', now + 1_000);
  await catalogue.find('tpr-9', now + 1_000);
  assert.deepEqual(asked, []);
  await objects.put('catalogue/published.json', JSON.stringify({ version: 'v1' }), { contentType: 'x' });
  assert.ok(await catalogue.find('tpr-1', now + 1_000), 'what is there is not looked for again');
  assert.ok(await catalogue.find('gone', now + 3_000), 'what was published a moment ago is');
  assert.equal(await catalogue.find('tpr-1', now + 61_000), undefined);
});
