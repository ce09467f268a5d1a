import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOpen } from '../../../web/components/frame/open-now.ts';

const hours = { weekdays: [1, 2, 3, 4, 5], opens: '08:00', closes: '18:00' };
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
