import assert from 'node:assert/strict';
import { it } from 'node:test';
import { patternProblem, slowPatternProblem } from '../../../lambdas/domain/forms/pattern.ts';

const harmless = [
  '^([5-9][0-9]{4}|[0-9]{6,})(,[0-9]+)?$',
  '^[A-ZÅÄÖ]{1,3}-[0-9]{1,3}$',
  '^[a-z]+(-[a-z]+)*$',
  '^\\d{5}$',
  '^\\p{L}+$',
];
const runaway = [
  '^(a+)+$',
  '^(a|a)*$',
  '^(a|ab)*c',
  '^\\d+\\d+$',
  '.*.*',
  '^(\\w+\\s?)*$',
  '(x+x+)+y',
  '^(.{1,50}){1,50}$',
  '^.*a.*b.*c',
];
const unsupported = ['(?=a)b', '(a)\\1', '(?<n>a)', '('];

it('lets ordinary patterns by', () => {
  for (const pattern of harmless) assert.equal(patternProblem(pattern), undefined, pattern);
});

it('refuses patterns whose matching could explode, and what it cannot judge', () => {
  for (const pattern of [...runaway, ...unsupported]) assert.ok(patternProblem(pattern), pattern);
});

it('is stricter where no length is known: in conditions', () => {
  assert.equal(slowPatternProblem(harmless[0] as string), undefined);
  assert.ok(slowPatternProblem('^[^@]+@[^@]+$') === undefined && slowPatternProblem('[0-9]+x'));
});

it('what it lets by is fast on the answers a pattern may meet', () => {
  for (const pattern of harmless)
    for (const text of ['a', '0', 'a-', '5,', 'Å'].map(part => `${part.repeat(1000).slice(0, 1000)}!`)) {
      const before = performance.now();
      new RegExp(pattern, 'u').test(text);
      assert.ok(performance.now() - before < 200, pattern);
    }
});
