import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Bulletin,
  bulletinName,
  bulletinRequest,
  bulletinTextLimit,
  checkTimes,
  hasEnded,
  inForce,
  unchangedFor,
} from '../../lambdas/domain/bulletin.ts';

const text = { fi: 'Katko', sv: 'Avbrott', en: 'Break' };
const given = { text, from: '2026-12-24T09:00:00+02:00', until: '2026-12-24T12:00:00Z' };
const isTaken = (change: object) => bulletinRequest.safeParse({ ...given, ...change }).success;

test('times are read with their offset, text as plain text with its lines', () => {
  assert.deepEqual(bulletinRequest.parse({ ...given, text: { ...text, fi: ' Yksi\r\nkaksi ' } }), {
    text: { ...text, fi: 'Yksi\nkaksi' },
    from: Date.UTC(2026, 11, 24, 7),
    until: Date.UTC(2026, 11, 24, 12),
  });
});

test('three languages, none empty, none too long, nothing hidden in them', () => {
  const written = (fi: unknown) => isTaken({ text: { ...text, fi } });
  assert.ok(written('x'.repeat(bulletinTextLimit)));
  for (const wrong of [
    undefined,
    '',
    ' \n ',
    7,
    'x'.repeat(bulletinTextLimit + 1),
    'a\u0000b',
    'a\u001b[31m',
    'https://hel.fi/\u202egnp.exe',
  ])
    assert.ok(!written(wrong), JSON.stringify(wrong));
  assert.ok(!isTaken({ text: { ...text, de: 'Pause' } }));
});

test('what is no time, or is misspelt, is refused', () => {
  for (const wrong of ['tomorrow', '2026-12-24', '2026-12-24T09:00:00', '2026-02-30T09:00:00Z', 5, null])
    assert.ok(!isTaken({ from: wrong }), String(wrong));
  assert.ok(!isTaken({ untill: given.until }));
  assert.ok(!isTaken({ until: undefined }));
});

test('a bulletin ends after it begins', () => {
  assert.doesNotThrow(() => checkTimes({ from: 1, until: 2 }));
  for (const until of [0, 1])
    assert.throws(() => checkTimes({ from: 1, until }), {
      reason: { kind: 'invalid-request', errors: [{ pointer: '/until', code: 'not_after_from' }] },
    });
});

test('its name fits a path and a key', () => {
  const isName = (id: string) => bulletinName.safeParse({ id }).success;
  for (const id of ['a', 'katko-2026', 'A.b_c', 'x'.repeat(64)]) assert.ok(isName(id), id);
  for (const id of ['', '-a', '.', 'a/b', 'a#b', 'ä', 'a b', 'x'.repeat(65)]) assert.ok(!isName(id), id);
});

const bulletin = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 }))
  .map(([from, length]): Bulletin => ({ id: 'x', text, from, until: from + length }));

test('exactly what has begun and not ended is in force, the newest first', () => {
  fc.assert(
    fc.property(fc.array(bulletin), fc.integer({ min: 0, max: 100 }), (all, now) => {
      const shown = inForce(all, now);
      assert.deepEqual(new Set(shown), new Set(all.filter(({ from, until }) => from <= now && now < until)));
      for (const [index, { from }] of shown.entries()) assert.ok(from <= (shown[index - 1]?.from ?? from));
      for (const one of all) assert.equal(hasEnded(one, now), one.until <= now);
    }),
  );
});

test('until the next beginning or end the list is the same, and then it is not', () => {
  fc.assert(
    fc.property(fc.array(bulletin, { minLength: 1 }), fc.integer({ min: 0, max: 100 }), (all, now) => {
      const holds = unchangedFor(all, now);
      const ids = (at: number) => inForce(all, at).map(one => all.indexOf(one));
      if (holds === Number.POSITIVE_INFINITY) return assert.deepEqual(ids(1e6), []);
      assert.deepEqual(ids(now + holds - 1), ids(now));
      assert.ok(all.some(({ from, until }) => [from, until].includes(now + holds)));
    }),
  );
});
