import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import en from './2026-11-01/en.json' with { type: 'json' };
import fi from './2026-11-01/fi.json' with { type: 'json' };
import sv from './2026-11-01/sv.json' with { type: 'json' };

export type ConsentText = keyof typeof fi;

/** What is agreed to: the wording of `consentVersion`. */
export const consentWording = { fi, sv, en } satisfies Record<Language, Texts<ConsentText>>;
