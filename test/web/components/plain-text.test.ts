import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLinks } from '../../../web/components/plain-text/links.ts';

test('web addresses can be followed; what closes the sentence is not part of them', () => {
  assert.deepEqual(findLinks('Katso https://hel.fi/a?b=1. Kiitos'), [
    'Katso ',
    { href: 'https://hel.fi/a?b=1' },
    '. Kiitos',
  ]);
});

test('nothing executable becomes a link', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>',
    '<a href="x">',
    'ftp://a/',
    'https://',
  ])
    assert.ok(
      findLinks(text).every(piece => typeof piece === 'string'),
      text,
    );
});

test('every character stays, in its order, and every link is a web address', () => {
  const text = fc.array(
    fc.constantFrom('https://', 'http:', 'a.fi/', ' ', '.', ')', '"', 'javascript:', 'ä', '://'),
  );
  fc.assert(
    fc.property(text, parts => {
      const line = parts.join('');
      const pieces = findLinks(line);
      assert.equal(pieces.map(piece => (typeof piece === 'string' ? piece : piece.href)).join(''), line);
      return pieces.every(
        piece => typeof piece === 'string' || /^https?:$/.test(new URL(piece.href).protocol),
      );
    }),
  );
});
