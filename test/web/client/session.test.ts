import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { SessionAnswer } from '../../../lambdas/http/wire/session.ts';
import { nextCheck, type SignedIn, watchSession } from '../../../web/client/session.ts';

const hours = 3600;
const answer = (idleSecondsLeft: number, more: Partial<SignedIn> = {}): SignedIn => ({
  signedIn: true,
  kind: 'person',
  name: 'Testi Testaaja',
  registered: true,
  method: 'bank',
  idleSecondsLeft,
  absoluteSecondsLeft: 8 * hours,
  ...more,
});

/** A tab whose server answers what the test says, on a clock the test moves. */
const tab = (first: SignedIn, ask: () => SessionAnswer | Promise<SessionAnswer>) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  const seen: string[] = [];
  const watch = watchSession(first, {
    ask: async () => ask(),
    now: Date.now,
    warn: warning => seen.push(warning ? (warning.canStay ? 'warned' : 'warned of the end') : 'calm'),
    leave: reason => seen.push(`left: ${reason}`),
    restart: () => seen.push('restarted'),
  });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      mock.timers.tick(1000);
      await new Promise(setImmediate);
    }
  };
  return { seen, pass, watch, last: () => seen.at(-1) };
};

test('a tab left alone is warned five minutes before the end and leaves at the end', async t => {
  t.after(() => mock.timers.reset());
  const end = 1_000_000 + 2 * hours * 1000;
  const { pass, last, seen } = tab(answer(2 * hours), () => {
    const left = Math.floor((end - Date.now()) / 1000);
    return left > 0 ? answer(left) : { signedIn: false, ended: 'idle' };
  });
  await pass(2 * hours - 301);
  assert.equal(last(), 'calm');
  await pass(2);
  assert.equal(last(), 'warned');
  await pass(297);
  assert.equal(last(), 'warned');
  await pass(13);
  assert.equal(last(), 'left: idle');
  const length = seen.length;
  await pass(120);
  assert.equal(seen.length, length, 'a tab that has left asks no more');
});

test('a clock that was moved at the server is noticed within half a minute', async t => {
  t.after(() => mock.timers.reset());
  const { pass, last } = tab(answer(2 * hours), () => answer(299));
  await pass(31);
  assert.equal(last(), 'warned');
});

test('staying signed in, here or in another tab, takes the warning away', async t => {
  t.after(() => mock.timers.reset());
  const { last, watch } = tab(answer(200), () => answer(2 * hours));
  assert.equal(last(), 'warned');
  await watch.check();
  assert.equal(last(), 'calm');
});

test('the absolute end cannot be put off', t => {
  t.after(() => mock.timers.reset());
  const { last } = tab(answer(2 * hours, { absoluteSecondsLeft: 120 }), () => answer(2 * hours));
  assert.equal(last(), 'warned of the end');
});

test('a sign-out elsewhere ends the session here', async t => {
  t.after(() => mock.timers.reset());
  const { pass, last } = tab(answer(2 * hours), () => ({ signedIn: false }));
  await pass(31);
  assert.equal(last(), 'left: signed-out');
});

test('another person signed in: the page starts over', async t => {
  t.after(() => mock.timers.reset());
  const organisation = { name: 'Suunnistajat ry', businessId: '1234567-1' };
  const { watch, last } = tab(answer(2 * hours), () =>
    answer(2 * hours, { kind: 'organisation', organisation }),
  );
  await watch.check();
  assert.equal(last(), 'restarted');
});

test('without a connection the tab stays until the last known end, no longer', async t => {
  t.after(() => mock.timers.reset());
  const { pass, last } = tab(answer(600), () => Promise.reject(new Error('offline')));
  await pass(290);
  assert.equal(last(), 'calm');
  await pass(50);
  assert.equal(last(), 'warned');
  await pass(270);
  assert.equal(last(), 'left: idle');
});

test('after a sleep, or when the device’s clock is set, the server’s remaining time is what counts', async t => {
  t.after(() => mock.timers.reset());
  let left = 2 * hours;
  const { pass, last, seen, watch } = tab(answer(left), () => answer(left));
  // The device's clock leaps three hours ahead; at the server half a minute has passed.
  mock.timers.setTime(1_000_000 + 3 * hours * 1000);
  left = 2 * hours - 30;
  await pass(31);
  assert.equal(last(), 'calm');
  // It is set back hours, and little is left at the server: no deadline of the device's keeps one signed in.
  mock.timers.setTime(1000);
  left = 200;
  await watch.check();
  assert.equal(last(), 'warned');
  assert.ok(!seen.some(what => what.startsWith('left')));
});

test('at the absolute end the page says that, without a connection too', async t => {
  t.after(() => mock.timers.reset());
  const { pass, last } = tab(answer(310, { absoluteSecondsLeft: 310 }), () =>
    Promise.reject(new Error('offline')),
  );
  await pass(20);
  assert.equal(last(), 'warned of the end');
  await pass(310);
  assert.equal(last(), 'left: absolute');
});

test('the next question comes no later than the warning or the end would', () => {
  for (let left = 0; left < 3 * hours; left++) {
    const next = nextCheck(left);
    assert.ok(next >= 1 && next <= 30, `${left} s left: asks after ${next} s`);
    if (left > 300) assert.ok(left - next >= 300);
  }
});
