import type { Language } from '../../../lambdas/domain/language.ts';
import { statuses, statusNames } from '../../../lambdas/domain/status.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const meanings = { fi, sv, en };

/** The names are the domain's own; the browser gets those of its language only. */
export const caseStatusTexts = (language: Language): Texts => ({
  ...meanings[language],
  ...Object.fromEntries(statuses.map(status => [`status.${status}`, statusNames[status][language]])),
});
