import type { Language } from '../../../lambdas/domain/language.ts';
import { type Texts, translator } from '../../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

export type ServiceKey = keyof typeof fi;
const texts = { fi, sv, en } satisfies Record<Language, Texts<ServiceKey>>;

export const serviceTranslator = (language: Language) => translator<ServiceKey>(texts[language], language);
export type ServiceTranslator = ReturnType<typeof serviceTranslator>;
