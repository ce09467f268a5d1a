import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, daysThatCount, leastOpenings, popularDays, rank } from '../../lambdas/domain/popularity.ts';

const day = (counts: Record<string, number>) => new Map(Object.entries(counts));

test('the day is the one on a Finnish calendar', () => {
  assert.equal(dayOf(Date.UTC(2026, 10, 22, 21, 59)), '2026-11-22');
  assert.equal(dayOf(Date.UTC(2026, 10, 22, 22, 1)), '2026-11-23');
});

test('the days that count follow one another, also over the night the clock is moved', () => {
  const days = daysThatCount(Date.UTC(2026, 2, 30, 0, 30));
  assert.equal(days.length, popularDays);
  assert.deepEqual(days.slice(0, 3), ['2026-03-30', '2026-03-29', '2026-03-28']);
  assert.equal(new Set(days).size, days.length);
});

test('what is opened most comes first; too few openings tell nothing', () => {
  const days = [
    day({ a: 6, b: 20, c: leastOpenings - 1 }),
    day({ a: 30, d: 2 }),
    day({ d: leastOpenings - 2 }),
  ];
  assert.deepEqual(rank(days), ['a', 'b', 'd']);
  assert.deepEqual(rank([]), []);
});

test('one day of a script weighs less than steady use', () => {
  const steady = Array.from({ length: popularDays }, () => day({ steady: 100 }));
  const flooded = [day({ steady: 100, flooded: 14_400 }), ...steady.slice(1)];
  assert.deepEqual(rank(flooded), ['steady', 'flooded']);
});

test('equals keep one order', () => {
  assert.deepEqual(rank([day({ b: 9, a: 9 })]), rank([day({ a: 9, b: 9 })]));
});
