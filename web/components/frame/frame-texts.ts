import type { Language } from '../../../lambdas/domain/language.ts';
import type { Texts, translator } from '../../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

export type FrameKey = keyof typeof fi;
export const frameTexts = { fi, sv, en } satisfies Record<Language, Texts<FrameKey>>;
export type FrameTranslator = ReturnType<typeof translator<FrameKey>>;
