import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventAt, nextRun, toCron } from '../../lib/local/scheduler.ts';

const helsinki = 'Europe/Helsinki';
const next = (expression: string, after: string, zone = helsinki): string | undefined => {
  const at = nextRun(expression, zone, Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('schedules as AWS writes them', () => {
  test('on the hour, 9 to 20, by the city’s clock in winter and in summer', () => {
    const hours = 'cron(0 9-20 * * ? *)';
    assert.equal(next(hours, '2026-11-23T00:00:00+02:00'), '2026-11-23T07:00:00.000Z');
    assert.equal(next(hours, '2026-11-23T20:00:00+02:00'), '2026-11-24T07:00:00.000Z');
    assert.equal(next(hours, '2026-06-23T00:00:00+03:00'), '2026-06-23T06:00:00.000Z');
    // The night the clocks go back, and the one they go forward.
    assert.equal(next(hours, '2026-10-25T00:00:00+03:00'), '2026-10-25T07:00:00.000Z');
    assert.equal(next(hours, '2027-03-28T00:00:00+02:00'), '2027-03-28T06:00:00.000Z');
  });

  test('Sunday is 1', () => {
    // 22 November 2026 is a Sunday.
    assert.equal(next('cron(0 12 ? * 1 *)', '2026-11-21T00:00:00Z', 'UTC'), '2026-11-22T12:00:00.000Z');
    assert.equal(next('cron(0 12 ? * 2-6 *)', '2026-11-21T00:00:00Z', 'UTC'), '2026-11-23T12:00:00.000Z');
    assert.equal(next('cron(0 12 ? * SUN *)', '2026-11-21T00:00:00Z', 'UTC'), '2026-11-22T12:00:00.000Z');
  });

  test('years, last days, rates', () => {
    assert.equal(next('cron(0 0 L * ? *)', '2027-02-01T00:00:00Z', 'UTC'), '2027-02-28T00:00:00.000Z');
    assert.equal(next('cron(0 0 1 1 ? 2026)', '2026-11-21T00:00:00Z', 'UTC'), undefined);
    assert.equal(next('rate(5 minutes)', '2026-11-21T00:01:00Z', 'UTC'), '2026-11-21T00:05:00.000Z');
    assert.equal(next('rate(1 hour)', '2026-11-21T00:01:00Z', 'UTC'), '2026-11-21T01:00:00.000Z');
  });

  test('anything else is an error', () => {
    for (const expression of ['0 9 * * *', 'cron(0 9 * * *)', 'at(2026-11-21T00:00:00)', 'rate(5 weeks)'])
      assert.throws(() => toCron(expression), /no schedule/, expression);
  });
});

test('the event carries the scheduled time, to the second', () => {
  const input = '{"at":"<aws.scheduler.scheduled-time>"}';
  assert.deepEqual(eventAt(input, Date.parse('2026-11-23T09:00:00+02:00')), { at: '2026-11-23T07:00:00Z' });
});
