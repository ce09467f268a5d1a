import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import { downloadTexts } from '../download/download-texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const texts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

/** With those of the download that it contains. */
export const myDataTexts = (language: Language): Texts => ({
  ...downloadTexts[language],
  ...texts[language],
});
