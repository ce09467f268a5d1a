import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOpen } from '../../../web/components/frame/open-now.ts';

const hours = { weekdays: [1, 2, 3, 4, 5], opens: '08:00', closes: '18:00', closedOnHolidays: true };
const at = (time: string): boolean => isOpen(hours, 'Europe/Helsinki', new Date(time));

test("the helpline's hours are the city's, summer and winter", () => {
  assert.equal(at('2026-11-23T05:59:59Z'), false);
  assert.equal(at('2026-11-23T06:00:00Z'), true);
  assert.equal(at('2026-11-23T15:59:59Z'), true);
  assert.equal(at('2026-11-23T16:00:00Z'), false);
  assert.equal(at('2026-07-01T05:00:00Z'), true);
  assert.equal(at('2026-07-01T15:00:00Z'), false);
});

test('at the weekend it is closed, by the day in the city', () => {
  assert.equal(at('2026-11-22T10:00:00Z'), false);
  assert.equal(at('2026-11-20T12:00:00Z'), true);
  assert.equal(at('2026-11-21T12:00:00Z'), false);
});

test('on a holiday it is closed, where the city says so', () => {
  const epiphany = new Date('2026-01-06T10:00:00Z');
  assert.equal(isOpen(hours, 'Europe/Helsinki', epiphany), false);
  assert.equal(isOpen({ ...hours, closedOnHolidays: false }, 'Europe/Helsinki', epiphany), true);
  // Half an hour into Christmas Eve in the city, and still the day before in Greenwich.
  assert.equal(
    isOpen({ ...hours, opens: '00:00' }, 'Europe/Helsinki', new Date('2026-12-23T22:30:00Z')),
    false,
  );
});
