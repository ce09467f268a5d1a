import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  absoluteMs,
  endedByTime,
  idleMs,
  isTouchDue,
  remaining,
  touchMs,
} from '../../lambdas/domain/session.ts';

const start = 1_800_000_000_000;
const lives = fc
  .record({ used: fc.nat(absoluteMs), waited: fc.nat(absoluteMs + idleMs) })
  .map(({ used, waited }) => ({
    times: { startedAt: start, lastUsedAt: start + used },
    now: start + used + waited,
  }));

test('nothing is left exactly when it has ended, and idle time never promises more than the end of the day', () => {
  fc.assert(
    fc.property(lives, ({ times, now }) => {
      const { idleSecondsLeft, absoluteSecondsLeft } = remaining(times, now);
      assert.ok(idleSecondsLeft >= 0 && idleSecondsLeft <= absoluteSecondsLeft);
      if (endedByTime(times, now)) assert.equal(idleSecondsLeft, 0);
      else assert.equal(endedByTime(times, now + idleSecondsLeft * 1000 + 1000) !== undefined, true);
    }),
  );
});

test('using it every two hours less a moment keeps it until the absolute end and not longer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: idleMs - touchMs - 1 }), { minLength: 200, maxLength: 200 }),
      gaps => {
        let [now, lastUsedAt] = [start, start];
        for (const gap of gaps) {
          now += gap;
          const ended = endedByTime({ startedAt: start, lastUsedAt }, now);
          assert.equal(ended, now >= start + absoluteMs ? 'absolute' : undefined);
          if (ended) return;
          if (isTouchDue({ lastUsedAt }, now)) lastUsedAt = now;
        }
      },
    ),
  );
});

test('a clock set back gives nobody more than two idle hours, and the next use is written by the new one', () => {
  const times = { startedAt: start, lastUsedAt: start + 5 * 3_600_000 };
  assert.equal(remaining(times, start).idleSecondsLeft, idleMs / 1000);
  assert.equal(isTouchDue(times, start), true);
});

test('the boundaries', () => {
  const times = { startedAt: start, lastUsedAt: start };
  assert.equal(endedByTime(times, start + idleMs - 1), undefined);
  assert.equal(endedByTime(times, start + idleMs), 'idle');
  assert.equal(endedByTime({ ...times, lastUsedAt: start + absoluteMs - 1 }, start + absoluteMs), 'absolute');
  assert.deepEqual(remaining(times, start + 60_000), { idleSecondsLeft: 7140, absoluteSecondsLeft: 43_140 });
  assert.equal(isTouchDue(times, start + touchMs - 1), false);
  assert.equal(isTouchDue(times, start + touchMs), true);
});
