/** The texts of the page the script runs on: they came with its HTML, in its language only. */
import { type Texts, translator, type Values } from '../../lambdas/domain/texts.ts';
import { pageLanguage, pageTexts } from '../components/frame/page-texts.ts';

export type Translate<Key extends string> = (key: Key, values?: Values) => string;

let translate: Translate<string> | undefined;

/** A component names the keys it uses; its page gives them by `clientTexts`. */
export const texts = <Key extends string>(): Translate<Key> =>
  (translate ??= translator(pageTexts(), pageLanguage()));

/** Joins the texts of a page's own folder and of the components it shows, for `clientTexts`. */
export const joinTexts = (...parts: readonly Texts[]): Texts => Object.assign({}, ...parts) as Texts;
