import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import { getService, listServices } from '../../lambdas/services/services.ts';
import { memoryObjects } from '../catalogue/publisher.ts';

const summary = {
  id: 'koirailmoitus',
  name: { fi: 'Koirailmoitus', sv: 'Hundanmälan', en: 'Dog notification' },
};
const content = memoryObjects({
  'catalogue/published.json': JSON.stringify({ version: 'v2', services: [summary] }),
  'catalogue/v1/tpr-1.json': JSON.stringify({ id: 'tpr-1' }),
  'catalogue/v2/tpr-2.json': JSON.stringify({ id: 'tpr-2' }),
});
const request = (id: string) => ({ parameters: { id } }) as unknown as PublicRequest;
const get = (id: string) => getService(request(id), { content });

test('services of the catalogue in use are answered, of no other', async () => {
  assert.deepEqual((await listServices({ content })).body, { items: [summary] });
  assert.deepEqual((await get('tpr-2')).body, { id: 'tpr-2' });
  await assert.rejects(get('tpr-1'), { reason: { kind: 'not-found' } });
});

test('what is no id finds nothing, whatever lies there', async () => {
  for (const id of ['../published', '..', '', 'a/b', 'x'.repeat(101), '%2e%2e'])
    await assert.rejects(get(id), { reason: { kind: 'not-found' } });
});

test('before the first publication there is nothing', async () => {
  const empty = { content: memoryObjects() };
  assert.deepEqual((await listServices(empty)).body, { items: [] });
  await assert.rejects(getService(request('tpr-1'), empty), { reason: { kind: 'not-found' } });
});
