import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { receive, received } from '../../../web/client/carried.ts';
import { aim, openCarried } from '../../../web/client/carry.ts';
import { copiesOnDevice } from '../../../web/client/copies-on-device.ts';

/** As much of IndexedDB as one store of records by name needs. */
const records = new Map<string, unknown>();
const asked = (result: () => unknown) => {
  const request: { onsuccess?: () => void; result?: unknown } = {};
  setImmediate(() => {
    request.result = result();
    request.onsuccess?.();
  });
  return request;
};
const objectStore = () => ({
  put: (record: { name: string }) => asked(() => records.set(record.name, record)),
  delete: (name: string) => asked(() => records.delete(name)),
  getAll: () => asked(() => [...records.values()]),
});
const stub = (name: string, value: unknown) =>
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
const replaced: string[] = [];
stub('indexedDB', { open: () => asked(() => ({ transaction: () => ({ objectStore }) })) });
stub('addEventListener', (_: string, act: () => void) => act());
stub('history', { state: 'step', replaceState: (_: unknown, __: string, url: string) => replaced.push(url) });

beforeEach(() => {
  records.clear();
  mock.restoreAll();
  mock.method(globalThis, 'fetch', () => assert.fail('a key was asked for'));
});

const typed = { answers: { name: 'Meri' } };

/** The fragment the click on the language's link leads to. */
const sent = async (): Promise<string> => {
  const link = { hash: '' };
  assert.ok(await aim(link as HTMLAnchorElement, typed));
  return `#${link.hash}`;
};

test('what goes to the other language outlives any look at the copies on this device', async () => {
  const fragment = await sent();
  // As this page does beside it, and every other that is opened meanwhile.
  assert.deepEqual(await copiesOnDevice(), []);
  assert.deepEqual(await openCarried(fragment), typed);
  assert.equal(records.size, 0);
});

test('what never arrives is gone after minutes, with the next look', async () => {
  await sent();
  const now = Date.now();
  mock.method(Date, 'now', () => now + 9 * 60_000);
  await copiesOnDevice();
  assert.equal(records.size, 1);
  mock.method(Date, 'now', () => now + 11 * 60_000);
  await copiesOnDevice();
  assert.equal(records.size, 0);
});

test('its key has left the address before anything else, and the store before the session is asked', async () => {
  const hash = await sent();
  stub('location', { hash, pathname: '/sv/blankett/x/', search: '?draft=1' });
  const done = receive(openCarried);
  assert.deepEqual(replaced, ['/sv/blankett/x/?draft=1']);
  await done;
  assert.equal(records.size, 0);
  // However often the page asks: it may have failed to load what else it needs.
  assert.deepEqual([await received(), await received()], [typed, typed]);
});

test('what cannot be opened keeps nobody from the page', async () => {
  stub('location', { hash: '#carried=gone.AAAA', pathname: '/', search: '' });
  await receive(openCarried);
  assert.equal(await received(), undefined);
});
