import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFailure } from '../../../web/client/api.ts';
import { type Network, persist, waitsMs } from '../../../web/components/file-sending/persist.ts';
import { UploadFailure } from '../../../web/components/file-sending/upload.ts';

const broken = new UploadFailure(false);
const never = new AbortController().signal;

const trial = (failures: readonly unknown[], offline = 0) => {
  const waited: (number | undefined)[] = [];
  let left = offline;
  let runs = 0;
  const network: Network = {
    isOnline: () => left <= 0,
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waited.push(milliseconds);
      left -= 1;
    },
  };
  let interrupted = 0;
  const run = async () => {
    const failure = failures[runs++];
    if (failure !== undefined) throw failure;
    return 'there';
  };
  const result = (signal = never) => persist(run, signal, () => interrupted++, network);
  return { result, waited, runs: () => runs, interrupted: () => interrupted };
};

test('what was interrupted starts again, ever more patiently', async () => {
  const { result, waited, interrupted } = trial([broken, new ApiFailure('network', 0), broken]);
  assert.equal(await result(), 'there');
  assert.deepEqual(waited, waitsMs.slice(0, 3));
  assert.equal(interrupted(), 3);
});

test('time without a network counts for nothing', async () => {
  const { result, waited } = trial(Array(30).fill(broken), 30);
  assert.equal(await result(), 'there');
  assert.deepEqual(new Set(waited), new Set([undefined]));
});

test('what was refused for good is not tried again', async () => {
  for (const failure of [new ApiFailure('invalid-request', 400), new Error('no such file')]) {
    const { result, runs } = trial([failure]);
    await assert.rejects(result(), failure);
    assert.equal(runs(), 1);
  }
});

test('a person is asked at last', async () => {
  const { result, runs } = trial(Array(50).fill(broken));
  await assert.rejects(result(), broken);
  assert.equal(runs(), waitsMs.length + 1);
});

test('cancelling ends it at once', async () => {
  const controller = new AbortController();
  const { result, runs } = trial([broken, broken]);
  controller.abort();
  await assert.rejects(result(controller.signal), { name: 'AbortError' });
  assert.equal(runs(), 1);
});
