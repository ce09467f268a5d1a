import assert from 'node:assert/strict';
import { it } from 'node:test';
import { finnishDate, isoDate } from '../../../web/components/form/dates.ts';

it('reads dates as Finns type them', () => {
  for (const typed of ['24.12.2026', '24.12.26', '24 12 2026', '24/12/2026', '24-12-2026', ' 24.12.2026 '])
    assert.equal(isoDate(typed), '2026-12-24', typed);
  assert.equal(isoDate('1.2.2026'), '2026-02-01');
});

it('reads a year of two digits as the one that is nearer: people are born in the last century, too', () => {
  assert.equal(isoDate('1.2.55'), '1955-02-01');
  assert.equal(isoDate('1.2.37'), '1937-02-01');
  assert.equal(isoDate('1.2.36'), '2036-02-01');
  assert.equal(isoDate('1.2.00'), '2000-02-01');
});

it('leaves what is no date as it was typed', () => {
  for (const typed of ['', 'jouluna', '24.12.', '24.12.202']) assert.equal(isoDate(typed), typed);
});

it('shows them as they are written here', () => {
  assert.equal(finnishDate('2026-02-01'), '1.2.2026');
  assert.equal(finnishDate('jouluna'), 'jouluna');
});
