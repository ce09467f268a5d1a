import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargeInWords } from '../../../web/components/service/charge.ts';

test('the price of a call is said in words', () => {
  for (const [charge, language, words] of [
    ['pvm/mpm', 'fi', 'paikallisverkkomaksu tai matkapuhelinmaksu'],
    ['msa/lna', 'sv', 'mobilsamtalsavgift eller lokalnätsavgift'],
    [
      '1.98EUR/MIN+PVM. 2,95EUR/MIN+PVM',
      'fi',
      '1.98EUR/MIN + paikallisverkkomaksu. 2,95EUR/MIN + paikallisverkkomaksu',
    ],
    ['maksuton', 'fi', 'maksuton'],
    ['mobile call charge / local network charge', 'en', 'mobile call charge / local network charge'],
  ] as const)
    assert.equal(chargeInWords(charge, language), words);
});
