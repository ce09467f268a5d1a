import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineCode } from '../../../web/build/inline-code.ts';
import { disagreements, textProblems } from '../../../web/build/text-problems.ts';

test('everything the content security policy would refuse is found', () => {
  for (const html of [
    '<script>x</script>',
    '<SCRIPT type="module">x</SCRIPT>',
    '<style>a{}</style>',
    '<p style="color:red">',
    '<a href="/" onclick=x()>',
    '<a href=" javascript:x()">',
    '<img src="data:image/png;base64,x">',
    '<iframe srcdoc="x">',
  ])
    assert.equal(inlineCode(html).length, 1, html);
});

test('what a page may have is let be, and what it may speak of', () => {
  const html =
    '<script src="/assets/a.js"></script><a href="/fi/?on=1" title="style=x > <b"><p>on=1 style= &lt;script> data:</p>';
  assert.deepEqual(inlineCode(html), []);
});

test('texts that are missing, empty, superfluous or take other values are named', () => {
  const fi = { a: 'A', b: '{x} ja {y}', c: '{count, one: yksi, other: #}', d: 'D' };
  const en = { a: '', b: '{y} and {x}', c: '{count}', e: 'E' };
  assert.deepEqual(disagreements({ fi, sv: { ...fi, b: '{x} och {z}' }, en }), [
    'a: not in en',
    'b: placeholders differ',
    'd: not in en',
    'e: not in fi, sv',
  ]);
});

test("the site's own texts agree", async () => {
  assert.deepEqual(await textProblems(`${import.meta.dirname}/../../../web`), []);
});
