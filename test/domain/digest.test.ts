import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  claim,
  type DigestMark,
  digestHour,
  isDigestHour,
  isDue,
  shardOf,
  shards,
  staleMs,
} from '../../lambdas/domain/digest.ts';

const hourMs = 60 * 60 * 1000;
const at = (iso: string): number => Date.parse(iso);

/** The last Sundays of March and October, 01:00 UTC, from the rule and not from a table of time zones. */
const changes = (year: number): [number, number] => {
  const lastSunday = (month: number): number => {
    const last = new Date(Date.UTC(year, month + 1, 0));
    return Date.UTC(year, month, last.getUTCDate() - last.getUTCDay(), 1);
  };
  return [lastSunday(2), lastSunday(9)];
};

const offsetHours = (instant: number): number => {
  const [summer, winter] = changes(new Date(instant).getUTCFullYear());
  return instant >= summer && instant < winter ? 3 : 2;
};

const instant = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2036-12-31T23:59:59Z') });

test('digests go out from 9 to 20 in Finland, summer and winter', () => {
  fc.assert(
    fc.property(instant, now => {
      const hour = new Date(now + offsetHours(now) * hourMs).getUTCHours();
      assert.equal(isDigestHour(now), hour >= 9 && hour <= 20);
    }),
    { numRuns: 2_000 },
  );
});

test('every day has twelve digest hours, the days the clocks change too', () => {
  for (const year of [2026, 2027])
    for (const change of changes(year)) {
      const midnight = new Date(change);
      midnight.setUTCHours(0);
      const start = midnight.getTime() - offsetHours(midnight.getTime()) * hourMs;
      const end = start + (24 + (offsetHours(start) - offsetHours(start + 24 * hourMs))) * hourMs;
      const hours = Array.from({ length: (end - start) / hourMs }, (_, n) => start + n * hourMs);
      assert.equal(hours.filter(isDigestHour).length, 12);
    }
});

test('the edges of the day', () => {
  assert.equal(isDigestHour(at('2026-11-23T08:59:59.999+02:00')), false);
  assert.equal(isDigestHour(at('2026-11-23T09:00:00+02:00')), true);
  assert.equal(isDigestHour(at('2026-07-01T20:00:00+03:00')), true);
  assert.equal(isDigestHour(at('2026-07-01T21:00:00+03:00')), false);
});

test('an owner is always in the same shard, and the shards fill evenly', () => {
  const counts = new Map(shards.map(shard => [shard, 0]));
  fc.assert(
    fc.property(fc.base64String({ minLength: 20, maxLength: 24 }), owner => {
      const shard = shardOf(owner);
      assert.equal(shardOf(owner), shard);
      counts.set(shard, (counts.get(shard) ?? Number.NaN) + 1);
    }),
    { numRuns: 3_200 },
  );
  for (const [shard, count] of counts) assert.ok(count > 100 && count < 320, `${shard}: ${count}`);
  assert.equal(shards.length, 16);
});

test('these owners have these shards: changing the rule would leave marks where nobody looks', () => {
  assert.deepEqual(['AbCdEfGhIjKlMnOpQrStUv', 'ZyXwVuTsRqPoNmLkJiHgFe', ''].map(shardOf), ['10', '00', '05']);
});

const mark = (more: Partial<DigestMark>): DigestMark => ({
  owner: 'o',
  state: 'waiting',
  since: 0,
  cases: ['HEL-2026-000001'],
  claimed: [],
  ...more,
});

test('what is being sent is left alone for half an hour, and never for ever', () => {
  assert.equal(claim(mark({}), 0), 'first');
  const sending = mark({ state: 'sending', claimedAt: 1_000 });
  assert.equal(claim(sending, 1_000 + staleMs - 1), 'no');
  assert.equal(claim(sending, 1_000 + staleMs), 'again');
});

test('a task that waited until the next run, or into the night, is over', () => {
  const nine = at('2026-11-23T09:00:00+02:00');
  const task = (hour: number, plannedAt: number) => ({ shard: '00', at: hour, plannedAt });
  assert.equal(isDue(task(nine, nine), nine + hourMs - 1), true);
  assert.equal(isDue(task(nine, nine), nine + hourMs), false);
  const twenty = at('2026-11-23T20:00:00+02:00');
  assert.equal(isDue(task(twenty, twenty), twenty + 59 * 60_000), true);
  assert.equal(isDue(task(twenty, twenty), twenty + hourMs), false);
  assert.equal(
    isDue(task(nine, nine + 5 * hourMs), nine + 5 * hourMs),
    true,
    'by hand, at another time of day',
  );
  assert.equal(digestHour(nine + 59 * 60_000), '2026-11-23T07:00:00.000Z');
});
