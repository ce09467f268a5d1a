import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calendarFile, deadlineSummary } from '../../lambdas/domain/calendar.ts';

const day = {
  uid: '0b9f1f0e-5a52-4b0e-9f0e-0b9f1f0e5a52@asiointi.example',
  date: '2026-12-31',
  summary: deadlineSummary('decision', 'HEL-2026-000123', 'sv'),
  url: 'https://asiointi.example/sv/arendemapp/HEL-2026-000123/',
  now: Date.parse('2026-11-24T10:02:03.456+02:00'),
};

/** RFC 5545, section 3.1: folded lines joined again. */
const unfolded = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n');

test('a day is a whole day of any time zone, and ends with the next one', () => {
  const lines = unfolded(calendarFile(day));
  for (const line of [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `UID:${day.uid}`,
    'DTSTAMP:20261124T080203Z',
    'DTSTART;VALUE=DATE:20261231',
    'DTEND;VALUE=DATE:20270101',
    'SUMMARY:Sista dag för ändringssökande: HEL-2026-000123',
  ])
    assert.ok(lines.includes(line), line);
  assert.deepEqual(lines.slice(-2), ['END:VCALENDAR', '']);
});

test('every line ends with CR LF, none is longer than 75 octets, and folding loses nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), summary => {
      const text = summary.replace(/[\r\n]/g, '');
      const file = calendarFile({ ...day, summary: text });
      const lines = file.split('\r\n');
      assert.ok(!/(^|[^\r])\n|\r(?!\n)/.test(file));
      for (const line of lines) assert.ok(Buffer.byteLength(line) <= 75, line);
      const told = unfolded(file).find(line => line.startsWith('SUMMARY:')) ?? '';
      assert.equal(told.slice('SUMMARY:'.length).replace(/\\([\\;,])/g, '$1'), text);
    }),
  );
});

test('what would end a value or begin another does neither', () => {
  const lines = unfolded(calendarFile({ ...day, summary: 'a;b,c\\d\nATTENDEE:mailto:x@example.fi' }));
  assert.ok(lines.includes('SUMMARY:a\\;b\\,c\\\\d\\nATTENDEE:mailto:x@example.fi'));
});
