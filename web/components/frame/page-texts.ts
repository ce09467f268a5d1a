import { isLanguage, type Language } from '../../../lambdas/domain/language.ts';
import type { Texts } from '../../../lambdas/domain/texts.ts';

let drawnIn: Language | undefined;

/** Language of the page the script runs on. */
export const pageLanguage = (): Language => {
  if (drawnIn) return drawnIn;
  const { lang } = document.documentElement;
  return isLanguage(lang) ? lang : 'fi';
};

/** The same components rendered where there is no page. */
export const inLanguage = <Rendered>(language: Language, renderNow: () => Rendered): Rendered => {
  drawnIn = language;
  try {
    return renderNow();
  } finally {
    drawnIn = undefined;
  }
};

/** The texts the page's `clientTexts` gave: they came with the HTML, in its language only. */
export const pageTexts = <Key extends string>(): Texts<Key> =>
  JSON.parse(document.getElementById('content')?.dataset.texts ?? '{}') as Texts<Key>;
