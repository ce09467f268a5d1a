import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PublicRequest } from '../../lambdas/http/request.ts';
import { showClientKeys } from '../../lambdas/identity/client-keys.ts';
import { currentKey } from '../../lambdas/identity/key-periods.ts';
import { memoryClientKeys } from '../../lambdas/storage/client-keys.memory.ts';
import { kidOf } from '../../lambdas/storage/client-keys.ts';

const day = 24 * 60 * 60 * 1000;
/** The beginning of some period of 90 days. */
const start = 220 * 90 * day;

const publishedAt = async (keys: ReturnType<typeof memoryClientKeys>, now: number) => {
  const { body } = await showClientKeys({ now } as PublicRequest, keys);
  return (body as { keys: Record<string, string>[] }).keys;
};
const kids = (published: Record<string, string>[], use: string) =>
  published.filter(key => key.use === use).map(({ kid }) => kid);

test('a key is published a week before it signs, and a period longer than it does', async () => {
  const keys = memoryClientKeys();
  const first = (await currentKey(keys, 'sig', start)).kid;
  assert.deepEqual(kids(await publishedAt(keys, start + 82 * day), 'sig'), [first]);

  const [, second, ...none] = kids(await publishedAt(keys, start + 83 * day), 'sig');
  assert.equal((await currentKey(keys, 'sig', start + 89 * day)).kid, first);
  assert.equal((await currentKey(keys, 'sig', start + 90 * day)).kid, second);
  assert.deepEqual(none, []);

  assert.deepEqual(kids(await publishedAt(keys, start + 100 * day), 'sig'), [first, second]);
  assert.ok(!kids(await publishedAt(keys, start + 181 * day), 'sig').includes(first));
});

test('what is published is public: one key a use, by its thumbprint, and no private member', async () => {
  const published = await publishedAt(memoryClientKeys(), start);
  assert.deepEqual(
    published.map(key => [Object.keys(key).sort().join(), key.kid === kidOf(key)]),
    [
      ['alg,e,kid,kty,n,use', true],
      ['e,kid,kty,n,use', true],
    ],
  );
});
