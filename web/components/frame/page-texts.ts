import { isLanguage, type Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';

/** Language of the page the script runs on. */
export const pageLanguage = (): Language => {
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : 'fi';
};

/** The texts the page's `clientTexts` gave: they came with the HTML, in its language only. */
export const pageTexts = <Key extends string>(): Texts<Key> =>
  JSON.parse(document.getElementById('content')?.dataset.texts ?? '{}') as Texts<Key>;
