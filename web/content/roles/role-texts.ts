import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

/** What the register of mandates' codes are called; a form may ask for a code that is not among them. */
export type RoleKey = keyof typeof fi;
export const roleTexts = { fi, sv, en } satisfies Record<Language, Texts<RoleKey>>;
