import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firstLine, parseLine, parseRichText, safeUrl } from '../../../lambdas/domain/catalogue/rich-text.ts';

const textOf = (line: ReturnType<typeof parseLine>): string =>
  line.map(part => (typeof part === 'string' ? part : part.text)).join('');

test('addresses become links; the punctuation after them stays text', () => {
  assert.deepEqual(parseLine('Kirjoita (apu@hel.fi), katso www.maisa.fi. https://hel.fi/a?b=c!'), [
    'Kirjoita (',
    { text: 'apu@hel.fi', href: 'mailto:apu@hel.fi' },
    '), katso ',
    { text: 'www.maisa.fi', href: 'https://www.maisa.fi/' },
    '. ',
    { text: 'https://hel.fi/a?b=c', href: 'https://hel.fi/a?b=c' },
    '!',
  ]);
  assert.deepEqual(parseLine('[ohje](https://hel.fi) ja [paha](javascript:alert(1))'), [
    { text: 'ohje', href: 'https://hel.fi/' },
    ' ja [paha](javascript:alert(1))',
  ]);
});

test('empty lines part paragraphs, dashes and numbers make lists', () => {
  assert.deepEqual(parseRichText('Toimi näin:\n- yksi\n- kaksi\n\n3. kolme\nloppu\nrivi'), [
    { kind: 'paragraph', lines: [['Toimi näin:']] },
    { kind: 'list', items: [['yksi'], ['kaksi']] },
    { kind: 'list', start: 3, items: [['kolme']] },
    { kind: 'paragraph', lines: [['loppu'], ['rivi']] },
  ]);
  assert.deepEqual(parseRichText(' \r\n\r\n '), []);
});

test('only web, mail and telephone addresses are safe', () => {
  for (const url of [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//hel.fi',
    'x',
  ])
    assert.equal(safeUrl(url), undefined, url);
  assert.equal(safeUrl('tel:+358931088800'), 'tel:+358931088800');
});

test('whatever the text, no word of it is lost and every link is safe', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'https://hel.fi/x',
      'a@b.fi',
      'www.x.fi',
      '[',
      '](',
      ')',
      'javascript:',
      '<script>',
      '. ',
      ' ',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      const line = pieces.join('').replaceAll('](', '] (');
      const parts = parseLine(line);
      assert.equal(textOf(parts), line);
      for (const part of parts) if (typeof part !== 'string') assert.match(part.href, /^(https?|mailto):/);
    }),
  );
});

test('a first line is cut between words and never longer than asked', () => {
  assert.equal(firstLine('Lyhyt.\nToinen rivi'), 'Lyhyt.');
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 20, max: 150 }), (text, length) => {
      const line = firstLine(text, length);
      assert.ok(line.length <= length, line);
      assert.ok(
        text.startsWith(line.replace(/…$/, '').trimEnd()) || text.trim().startsWith(line.replace(/…$/, '')),
      );
    }),
  );
});
