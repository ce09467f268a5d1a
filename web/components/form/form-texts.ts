import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

export const formTexts = { fi, sv, en } satisfies Record<Language, Texts<keyof typeof fi>>;

/** What showing answers needs, without what filling them in does. */
export const answersTexts = (language: Language): Texts =>
  Object.fromEntries(Object.entries(formTexts[language]).filter(([key]) => key.startsWith('answers.')));
