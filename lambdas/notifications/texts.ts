import type { Language } from '../domain/language.ts';
import type { Texts } from '../domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

export type TextKey = keyof typeof fi;

export const texts = { fi, sv, en } satisfies Record<Language, Texts<TextKey>>;
