import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  dateOf,
  daysOfMonth,
  iso,
  isWithin,
  monthNames,
  moved,
  nearestTo,
  todayInHelsinki,
  weekdays,
  years,
} from '../../../web/components/form/calendar-days.ts';

const on = (text: string): Date => dateOf(text) as Date;

test('a month begins on its weekday and has its days', () => {
  const weeks = daysOfMonth(on('2026-11-15'));
  assert.deepEqual(
    weeks.map(week => week.map(day => day?.getUTCDate() ?? 0)),
    [
      [0, 0, 0, 0, 0, 0, 1],
      [2, 3, 4, 5, 6, 7, 8],
      [9, 10, 11, 12, 13, 14, 15],
      [16, 17, 18, 19, 20, 21, 22],
      [23, 24, 25, 26, 27, 28, 29],
      [30, 0, 0, 0, 0, 0, 0],
    ],
  );
});

test('a month or a year on from a day that is not there is the last one there is', () => {
  assert.equal(iso(moved(on('2026-01-31'), { months: 1 })), '2026-02-28');
  assert.equal(iso(moved(on('2024-02-29'), { months: 12 })), '2025-02-28');
  assert.equal(iso(moved(on('2026-11-18'), { weekday: 0 })), '2026-11-16');
  assert.equal(iso(moved(on('2026-11-18'), { weekday: 6 })), '2026-11-22');
});

test('whatever day it is, it is in its month once, and a week on and back is the same day', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, any => {
      const date = on(iso(any));
      const days = daysOfMonth(date).flat();
      assert.equal(days.filter(one => one && iso(one) === iso(date)).length, 1);
      assert.equal(days.length % 7, 0);
      assert.equal(iso(moved(moved(date, { days: 7 }), { days: -7 })), iso(date));
    }),
  );
});

test('what is no date is none, and today is the city’s', () => {
  for (const text of ['', '2026-02-30', '2026-1-1', '24.12.2026']) assert.equal(dateOf(text), undefined);
  assert.equal(todayInHelsinki(Date.parse('2026-11-22T22:30:00Z')), '2026-11-23');
});

test('months and weekdays have their names, Monday first', () => {
  assert.equal(monthNames('fi')[0], 'tammikuu');
  assert.equal(weekdays('sv')[0]?.long, 'måndag');
  assert.equal(weekdays('en')[6]?.long, 'Sunday');
});

test('years to choose from are those the field takes, and always the one shown', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const ends = (shown: number, times: Parameters<typeof years>[1]) => {
    const list = years(shown, times, now);
    return [list[0], list.at(-1), list.length];
  };
  assert.deepEqual(ends(2026, { isBirth: false }), [2016, 2036, 21]);
  assert.deepEqual(ends(2026, { isBirth: true }), [2026, 1906, 121]);
  assert.deepEqual(ends(2026, { isBirth: false, first: '2026-11-22' }), [2026, 2036, 11]);
  assert.deepEqual(ends(2026, { isBirth: false, first: '1998-01-01', last: '2026-11-22' }), [2026, 1998, 29]);
  assert.deepEqual(ends(2020, { isBirth: false, first: '2026-11-22', last: '2027-01-01' }), [2020, 2027, 8]);
});

test('days outside the field’s are not offered, and the calendar opens at the nearest that is', () => {
  const span = { first: '2026-12-01', last: '2026-12-24' };
  assert.deepEqual(
    ['2026-11-30', '2026-12-01', '2026-12-24', '2026-12-25'].map(day => isWithin(on(day), span)),
    [false, true, true, false],
  );
  assert.deepEqual(
    ['2026-11-22', '2026-12-05', '2027-01-01'].map(day => nearestTo(day, span)),
    ['2026-12-01', '2026-12-05', '2026-12-24'],
  );
});
