/** Texts of a form: its own `translation.json` over the shared `defaultTranslations.json`. */
import type { Language, Translated } from '../language.ts';
import { languages } from '../language.ts';
import { isObject, pointerTo } from './answers.ts';
import { holdsCode, readText } from './markup.ts';
import type { FormProblem } from './problem.ts';
import { reporter } from './problem.ts';
import { plainText } from './text.ts';
import type { Text } from './types.ts';

type Entry = Readonly<Record<string, string>>;

interface Source {
  readonly file: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

export const ownTexts = 'translation.json';
export const sharedTexts = 'defaultTranslations.json';

/** A name in the texts, not a text: words joined by dots or underscores, no spaces. */
const isKey = (text: string): boolean => /^[\p{L}\d-]+(?:[._][\p{L}\d_-]+)+$/u.test(text);

const readSource = (file: string, content: unknown, problems: FormProblem[]): Source => {
  const report = reporter(file, problems);
  const given = isObject(content) && isObject(content.translations) ? content.translations : undefined;
  if (content !== undefined && !given) report.error('', 'must be {"translations": {key: {fi, sv, en}}}');
  const entries: Record<string, Entry> = {};
  for (const [key, entry] of Object.entries(given ?? {})) {
    if (isObject(entry) && Object.values(entry).every(text => typeof text === 'string'))
      entries[key] = entry as Entry;
    else report.error(pointerTo('/translations', key), 'must be {fi, sv, en}');
  }
  return { file, entries };
};

const firstGiven = (entry: Entry): string =>
  languages.map(language => entry[language]).find(text => text?.trim()) ?? Object.values(entry)[0] ?? '';

/** The texts a form uses, gathered as its fields name them. */
export interface FormTexts {
  /**
   * Takes a key into the compiled form. `file` and `pointer` say where it is used. Without a text a label shows the key,
   * for all to see; a help shows nothing; an auxiliary label has another in its stead, which is no gap but a note.
   */
  use(key: unknown, file: string, pointer: string, how?: 'label' | 'help' | 'auxiliary'): void;
  has(key: string): boolean;
  translated(key: string): Translated;
  /** Texts of the form's own that nobody uses are read too: they may hold no more than the others. */
  checkRest(): void;
  all(): Readonly<Record<Language, Readonly<Record<string, Text>>>>;
}

export const formTexts = (own: unknown, shared: unknown, problems: FormProblem[]): FormTexts => {
  const sources = [readSource(ownTexts, own, problems), readSource(sharedTexts, shared, problems)];
  const isTranslated = own !== undefined;
  const used: Record<Language, Record<string, Text>> = { fi: {}, sv: {}, en: {} };

  const find = (key: string): Source | undefined =>
    sources.find(({ entries }) => Object.hasOwn(entries, key));

  const read = (text: string, source: Source, key: string, language: Language): Text => {
    try {
      return readText(text);
    } catch (error) {
      const at = pointerTo(pointerTo('/translations', key), language);
      reporter(source.file, problems).error(at, `what a text may not hold: ${(error as Error).message}`);
      return '';
    }
  };

  const take = (key: string, source: Source): void => {
    const entry = source.entries[key] ?? {};
    for (const language of languages) {
      const text = entry[language]?.trim() ? entry[language] : undefined;
      const at = pointerTo('/translations', key);
      if (text === undefined)
        reporter(source.file, problems).gap(at, `no ${language} text; another language's is shown`);
      used[language][key] = read(text ?? firstGiven(entry), source, key, language);
    }
  };

  const use: FormTexts['use'] = (key, file, pointer, how = 'label') => {
    if (typeof key !== 'string' || key === '' || Object.hasOwn(used.fi, key)) return;
    const source = find(key);
    if (source) return take(key, source);
    const report = reporter(file, problems);
    if (/<[a-zA-Z!/?]/.test(key) || holdsCode(key))
      report.error(pointer, 'HTML and code are not supported here');
    if (!isKey(key)) return isTranslated ? report.gap(pointer, 'a text that is not translated') : undefined;
    if (how === 'auxiliary') report.note(pointer, `no text for ${key}; another is used`);
    else report.gap(pointer, `no text for ${key}`);
    if (how !== 'label') for (const language of languages) used[language][key] = '';
  };

  return {
    use,
    has: key => find(key) !== undefined,
    checkRest: () => {
      const [mine] = sources as [Source, Source];
      for (const [key, entry] of Object.entries(mine.entries))
        if (!Object.hasOwn(used.fi, key))
          for (const language of languages) read(entry[language] ?? '', mine, key, language);
    },
    translated: key =>
      Object.fromEntries(
        languages.map(language => [language, plainText(used[language][key] ?? key)]),
      ) as unknown as Translated,
    all: () => used,
  };
};
