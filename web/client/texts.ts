/** The texts of the page the script runs on: they came with its HTML, in its language only. */
import { translator, type Values } from '../../lambdas/domain/texts.ts';
import { pageLanguage, pageTexts } from '../components/frame/page-texts.ts';

export type Translate<Key extends string> = (key: Key, values?: Values) => string;

let translate: Translate<string> | undefined;

/** A component names the keys it uses; its page gives them by `clientTexts`. */
export const texts = <Key extends string>(): Translate<Key> =>
  (translate ??= translator(pageTexts(), pageLanguage()));

/** The same components rendered where there is no page: on the server, in whatever language is asked for. */
export const withTexts = <Rendered>(own: Translate<string>, renderNow: () => Rendered): Rendered => {
  const before = translate;
  translate = own;
  try {
    return renderNow();
  } finally {
    translate = before;
  }
};
