import type { Language } from '../../../lambdas/domain/language.ts';

/** What the register's editors abbreviate in the price of a call. */
const abbreviations: Readonly<Record<string, string>> = {
  pvm: 'paikallisverkkomaksu',
  mpm: 'matkapuhelinmaksu',
  lna: 'lokalnätsavgift',
  msa: 'mobilsamtalsavgift',
};
const or: Readonly<Record<Language, string>> = { fi: 'tai', sv: 'eller', en: 'or' };

const found = Object.keys(abbreviations).join('|');
const between = new RegExp(`(?<=\\b(?:${found}))\\s*/\\s*(?=(?:${found})\\b)`, 'gi');
const abbreviation = new RegExp(`(\\s*\\+\\s*)?\\b(${found})\\b`, 'gi');

/** `pvm/mpm` in words: *paikallisverkkomaksu tai matkapuhelinmaksu*. `language` is that of the text. */
export const chargeInWords = (charge: string, language: Language): string =>
  charge
    .replace(between, ` ${or[language]} `)
    .replace(
      abbreviation,
      (whole, plus: string | undefined, short: string) =>
        `${plus ? ' + ' : ''}${abbreviations[short.toLowerCase()] ?? whole}`,
    );
