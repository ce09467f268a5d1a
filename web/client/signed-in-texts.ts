/** What every signed-in page's `clientTexts` needs besides its own: for its start, its notices, its session warning. */
import type { Language } from '../../lambdas/domain/language.ts';
import type { Texts } from '../../lambdas/domain/texts.ts';
import { noticeTexts } from '../components/notice/notice-texts.ts';
import { sessionWarningTexts } from '../components/session-warning/session-warning-texts.ts';
import en from './en.json' with { type: 'json' };
import fi from './fi.json' with { type: 'json' };
import sv from './sv.json' with { type: 'json' };

const start = { fi, sv, en };

/** Joins them with the texts of the page's own folder and of the components it shows. */
export const signedInTexts = (language: Language, ...more: readonly Texts[]): Texts =>
  Object.assign({}, start[language], noticeTexts[language], sessionWarningTexts[language], ...more) as Texts;
