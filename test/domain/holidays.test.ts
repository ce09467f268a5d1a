import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHoliday } from '../../lambdas/domain/holidays.ts';

/** Every day of a year that is one. */
const holidays = (year: number): string[] =>
  Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10))
    .filter(day => day.startsWith(`${year}-`))
    .filter(isHoliday);

test("the holidays of two years are the almanac's", () => {
  assert.deepEqual(holidays(2026), [
    ...['2026-01-01', '2026-01-06', '2026-04-03', '2026-04-05', '2026-04-06', '2026-05-01', '2026-05-14'],
    ...['2026-05-24', '2026-06-19', '2026-06-20', '2026-10-31', '2026-12-06', '2026-12-24', '2026-12-25'],
    '2026-12-26',
  ]);
  // Easter at its latest but one, All Saints' Day on the sixth.
  assert.deepEqual(
    holidays(2038).filter(day => !/-(01-0|12-)/.test(day)),
    ['2038-04-23', '2038-04-25', '2038-04-26', '2038-05-01', '2038-06-03', '2038-06-13', '2038-06-25'].concat(
      ['2038-06-26', '2038-11-06'],
    ),
  );
});
