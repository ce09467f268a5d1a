import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, calendarDay, day, dayAndClock, isPast } from '../../../web/client/dates.ts';

const at = (iso: string): number => Date.parse(iso);
const plain = (text: string): string => text.replace(/\s/g, ' ');

test('dates are written as each language writes them, in the time of the city', () => {
  const evening = at('2026-12-23T22:30:00Z');
  assert.equal(plain(dayAndClock(evening, 'fi')), '24.12.2026 klo 0.30');
  assert.equal(plain(dayAndClock(evening, 'sv')), '24.12.2026 kl. 0.30');
  assert.equal(plain(dayAndClock(evening, 'en')), '24 December 2026 at 0:30');
  assert.equal(day(at('2026-06-30T21:00:00Z'), 'fi'), '1.7.2026');
});

test('a calendar date is the same day everywhere, and a broken one is shown as it came', () => {
  assert.equal(calendarDay('2026-12-24', 'fi'), '24.12.2026');
  assert.equal(calendarDay('jouluna', 'fi'), 'jouluna');
});

test('the last day itself still counts, by the clock of the city', () => {
  assert.equal(isPast('2026-12-24', at('2026-12-24T21:59:00Z')), false);
  assert.equal(isPast('2026-12-24', at('2026-12-24T22:00:00Z')), true);
});

test('age in the largest whole unit; a clock behind the server says now', () => {
  const now = at('2026-11-22T10:00:00Z');
  const ago = (ms: number) => age(now - ms, now, 'fi');
  assert.equal(ago(3 * 86_400_000 + 5), '3 päivää sitten');
  assert.equal(ago(86_400_000), 'eilen');
  assert.equal(ago(2 * 3_600_000), '2 tuntia sitten');
  assert.equal(ago(20_000), 'nyt');
  assert.equal(ago(-20_000), 'nyt');
});
