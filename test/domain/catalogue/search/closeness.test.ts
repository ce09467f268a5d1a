import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isNear,
  kinship,
  lettersOf,
  likeness,
  partness,
} from '../../../../lambdas/domain/catalogue/search/closeness.ts';

test('a letter too many, too few, wrong or swapped is one error', () => {
  for (const wrong of ['fysiotrapia', 'fysiooterapia', 'fysioteeapia', 'fysiotreapia'])
    assert.equal(isNear('fysioterapia', wrong, 1), true, wrong);
  assert.equal(isNear('fysioterapia', 'toimintaterapia', 2), false);
});

const word = fc.stringMatching(/^[a-d]{0,8}$/);

test('nearness is the same both ways, and a word is near itself', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      assert.equal(isNear(one, other, 2), isNear(other, one, 2));
      assert.equal(isNear(one, one, 0), true);
    }),
  );
});

test('letters that stand in neither word tell that neither is a part of the other', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const [mine, theirs] = [lettersOf(one), lettersOf(other)];
      if (one.includes(other)) assert.equal(theirs & ~mine, 0);
    }),
  );
});

test('the same word is closest, then its beginning, then a compound that ends with it, then one that holds it', () => {
  const order = ['paikka', 'paikkakunta', 'venepaikka', 'venepaikkalista', 'vene'];
  const scores = order.map(root => partness('paikka', root));
  assert.deepEqual(
    scores,
    scores.toSorted((one, other) => other - one),
  );
  assert.equal(scores[0], 1);
  assert.equal(scores.at(-1), 0);
  assert.ok(partness('hammaslaakari', 'hammas') > partness('hammaslaakari', 'laakari'));
});

test('words that begin alike are kin, others not; any two share some pairs of letters or none', () => {
  assert.ok(kinship('hevoslaakari', 'hevossairaal') > 0.3);
  assert.equal(kinship('kala', 'kalastus'), 0);
  fc.assert(
    fc.property(word, word, (one, other) => {
      const alike = likeness(one, other);
      assert.ok(alike >= 0 && alike <= 1);
    }),
  );
});
