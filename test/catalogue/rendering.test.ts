import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { parseRegister } from '../../lambdas/domain/catalogue/register.ts';
import type { Service } from '../../lambdas/domain/catalogue/service.ts';
import { inlineCode } from '../../web/build/inline-code.ts';
import { readSite } from '../../web/build/site.ts';
import { assets, ids, publishing } from './publishing.ts';
import { realRegister, realRegisterAbsent } from './real-register.ts';

const { publisher, own, content, site, publish, list } = await publishing();

/** CloudFront packs while somebody waits, less tightly than one could. */
const asOnTheWay = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const searchIndex = { fi: '/fi.json', sv: '/sv.json', en: '/en.json' };

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    '[x](javascript:alert(1))',
    '</title><style>*{}</style>',
    '&lt;script&gt;',
  ),
);

/** Elements and attributes, without what they say. */
const shape = (html: string): string =>
  [...html.matchAll(/<[^>"']*(?:"[^"]*"[^>"']*)*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""')).join('');

test('whatever the register says, it is text: no page gets an element or an attribute from it', () => {
  const service = (text: string): Service => ({
    ...{
      id: 'tpr-1',
      origin: 'register',
      topics: [],
      groups: [],
      lifeEvents: [],
      departments: [],
      electronic: false,
    },
    texts: {
      fi: {
        ...{ name: `x${text}`, synonyms: text, description: `d${text.replace(/[\s.:@]/g, '')}` },
        links: [{ title: text, url: 'https://example.org/' }],
        channels: [{ kind: 'telephone', name: text, hours: text, phone: 'x', links: [] }],
      },
    },
  });
  const render = (text: string): string[] =>
    [...publisher.renderCatalogue({ services: [service(text)], site: readSite(), assets, searchIndex })].map(
      ({ html }) => html,
    );
  const plain = render('plain').map(shape);
  fc.assert(
    fc.property(hostile, text => {
      const pages = render(`a${text}`);
      assert.deepEqual(pages.flatMap(inlineCode), []);
      assert.deepEqual(
        pages.map(shape).map(one => one.replaceAll('<br/>', '')),
        plain,
      );
    }),
    { numRuns: 60 },
  );
});

test('the real register: a page for each, lists under 30 kB, nothing that could run', {
  skip: realRegisterAbsent,
}, async () => {
  await content.put('imports/real.json', readFileSync(realRegister, 'utf8'), { contentType: '' });
  const summary = await publish({ source: 'imports/real.json' });
  assert.equal(summary.taken, 477);
  assert.deepEqual(
    summary.skipped.map(({ id, reason }) => [id, reason]),
    [['tpr-4803', 'excluded: test record']],
  );
  assert.deepEqual(summary.unplaced, []);
  assert.deepEqual(summary.unknownDepartments, []);
  // An animal hospital, lost property and an office of the state: nobody of the city answers for them.
  assert.deepEqual(summary.withoutDepartment.toSorted(), ['tpr-4091', 'tpr-5443', 'tpr-5444', 'tpr-5445']);
  assert.deepEqual(
    Object.values(summary.missing).map(({ length }) => length > 0),
    [false, true, true],
  );
  assert.equal(summary.pages, 3 * (1 + 477 + own.length));
  for (const language of ['fi/asiointipalvelut', 'sv/tjanster', 'en/services']) {
    assert.equal(ids(list(language)).length, 477 + own.length);
    assert.ok(brotliCompressSync(list(language), asOnTheWay).length <= 30_000, language);
  }
  const some = [...site.map].filter(([key], index) => key.endsWith('.html') && index % 10 === 0);
  for (const [key, html] of some) assert.deepEqual(inlineCode(html), [], key);
  assert.equal(parseRegister(readFileSync(realRegister, 'utf8')).services.length, 478);
});
