import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createClock, readMoment } from '../../lib/local/clock.ts';

test('times a person may write', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  assert.equal(readMoment('+1h55m', now), now + 115 * 60_000);
  assert.equal(readMoment('-2d', now), now - 2 * 86_400_000);
  assert.equal(readMoment('2026-12-24T08:59:00+02:00', now), Date.parse('2026-12-24T06:59:00Z'));
  assert.equal(readMoment('now', now), undefined);
  for (const wrong of [
    '',
    '1h',
    '+1x',
    '+',
    '2026-12-24',
    '2026-12-24T08:59:00',
    '2026-13-24T08:59:00Z',
    'tomorrow',
  ])
    assert.throws(() => readMoment(wrong, now), /is no time/, wrong);
});

test('a worker’s Date follows, in every form it is asked in', async () => {
  const clock = createClock(Date.parse('2030-01-01T00:00:00Z'));
  const code = `
    const { workerData, parentPort } = require('node:worker_threads');
    import(workerData.module).then(({ patchDate }) => {
      patchDate(workerData.shared);
      parentPort.on('message', () => parentPort.postMessage([
        Date.now(), new Date().getTime(), Date.parse(Date() + ' '), new Date(5).getTime(),
        new Date() instanceof Date, new Date(2026, 0).getFullYear(), new (class extends Date {})().getTime(),
      ]));
      parentPort.postMessage('ready');
    });`;
  const module = new URL('../../lib/local/clock.ts', import.meta.url).href;
  const worker = new Worker(code, { eval: true, workerData: { module, shared: clock.shared } });
  const answer = () => new Promise<unknown>(resolve => worker.once('message', resolve));
  const ask = async (): Promise<number[]> => {
    worker.postMessage('ask');
    return (await answer()) as number[];
  };
  await answer();
  for (const at of ['2030-01-01T00:00:00Z', '2020-02-02T00:00:00Z'].map(Date.parse)) {
    let heard = 0;
    clock.onMove(() => heard++);
    clock.set(at);
    const [now = 0, made = 0, text = 0, given, isDate, year, subclass = 0] = await ask();
    for (const each of [now, made, text + 1_000, subclass])
      assert.ok(each >= at && each < at + 30_000, String(each));
    assert.deepEqual([given, isDate, year, heard], [5, true, 2026, 1]);
  }
  clock.set(undefined);
  assert.ok(Math.abs(((await ask())[0] ?? 0) - Date.now()) < 30_000);
  await worker.terminate();
});
