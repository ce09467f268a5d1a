import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eicar, startScanner } from '../../lib/local/engines/scanner.ts';
import { type BusEvent, createEventBus, matches } from '../../lib/local/event-bus.ts';

const scene = () => {
  const heard: BusEvent[] = [];
  const invoked: unknown[] = [];
  let failing = 0;
  const failed: string[] = [];
  const bus = createEventBus({
    now: () => Date.parse('2026-11-23T10:00:00.123Z'),
    rules: [
      {
        name: 'Verdicts',
        pattern: { source: ['aws.guardduty'], detail: { s3ObjectDetails: { bucketName: ['uploads'] } } },
        functionName: 'verdict',
      },
    ],
    invoke: async (_, event) => {
      if (failing-- > 0) throw new Error('busy');
      invoked.push(event);
    },
    failed: rule => failed.push(rule),
  });
  bus.listen(event => heard.push(event));
  const objects = new Map([
    ['quarantine/a', Buffer.from('hei')],
    ['quarantine/b', Buffer.from(`text ${eicar}`)],
    ['clean/c', Buffer.from(eicar)],
  ]);
  const scanner = startScanner({
    plans: [{ bucket: 'uploads', prefixes: ['quarantine/'] }],
    bus,
    read: (_, key) => objects.get(key),
    milliseconds: 1,
  });
  const create = (key: string) =>
    bus.put({
      source: 'aws.s3',
      'detail-type': 'Object Created',
      resources: [],
      detail: { bucket: { name: 'uploads' }, object: { key, etag: 'e', 'version-id': 'v' } },
    });
  const results = () =>
    heard
      .filter(({ source }) => source === 'aws.guardduty')
      .map(({ detail }) => (detail.scanResultDetails as { scanResultStatus: string }).scanResultStatus);
  return { scanner, create, results, heard, invoked, failed, fail: (times: number) => (failing = times) };
};

test('says what it found as GuardDuty does, of what its plan names', async () => {
  const { create, results, heard } = scene();
  for (const key of ['quarantine/a', 'quarantine/b', 'clean/c', 'quarantine/gone']) create(key);
  await pause(30);
  assert.deepEqual(results(), ['NO_THREATS_FOUND', 'THREATS_FOUND']);
  const verdict = heard.find(({ source }) => source === 'aws.guardduty');
  assert.equal(verdict?.['detail-type'], 'GuardDuty Malware Protection Object Scan Result');
  assert.equal(verdict?.time, '2026-11-23T10:00:00Z');
  assert.deepEqual(verdict?.detail.s3ObjectDetails, {
    bucketName: 'uploads',
    objectKey: 'quarantine/a',
    eTag: 'e',
    versionId: 'v',
    s3Throttled: false,
  });
});

test('waits, loses and fails when it is told to', async () => {
  const { scanner, create, results } = scene();
  scanner.set('hold');
  create('quarantine/a');
  await pause(20);
  assert.deepEqual(results(), []);
  scanner.set('scan');
  await pause(20);
  assert.deepEqual(results(), ['NO_THREATS_FOUND']);
  scanner.set('lose');
  create('quarantine/a');
  scanner.set('FAILED');
  create('quarantine/b');
  await pause(20);
  assert.deepEqual(results(), ['NO_THREATS_FOUND', 'FAILED']);
});

test('a rule’s function hears of what it asked for, again when it failed', async () => {
  const { create, invoked, failed, fail } = scene();
  fail(1);
  create('quarantine/a');
  await pause(700);
  assert.equal(invoked.length, 1);
  assert.deepEqual(failed, []);
});

test('patterns match exact values at any depth, and nothing they do not know', () => {
  const pattern = { source: ['a', 'b'], detail: { x: { y: ['1'] } } };
  assert.equal(matches(pattern, { source: 'b', detail: { x: { y: '1', z: 2 } } }), true);
  assert.equal(matches(pattern, { source: 'c', detail: { x: { y: '1' } } }), false);
  assert.equal(matches(pattern, { source: 'a', detail: {} }), false);
  assert.throws(() => matches({ source: [{ prefix: 'a' }] }, { source: 'ab' }), /knows no event pattern/);
});
