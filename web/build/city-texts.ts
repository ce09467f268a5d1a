/**
 * A city's own words: `texts/{fi,sv,en}.json` in its folder, by the folder whose text they replace:
 * `{"web/pages/home": {"title": "…"}, "lambdas/notifications": {"noReply": "…"}}`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { isLanguage, type Language, languages } from '../../lambdas/domain/language.ts';
import { placeholders } from './text-problems.ts';

type Flat = Readonly<Record<string, string>>;
export type CityTexts = Readonly<Record<Language, Readonly<Record<string, Flat>>>>;

const readJson = <T>(file: string): T | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;

/** A language without a file replaces nothing. */
export const readCityTexts = (city: string): CityTexts => {
  const read = (language: Language) =>
    readJson<CityTexts[Language]>(join(city, 'texts', `${language}.json`)) ?? {};
  return { fi: read('fi'), sv: read('sv'), en: read('en') };
};

/** Every text that some language replaces, as `folder.key`. */
const replaced = (texts: CityTexts): [folder: string, key: string][] => {
  const all = languages.flatMap(language =>
    Object.entries(texts[language]).flatMap(([folder, keys]) =>
      Object.keys(keys).map(key => JSON.stringify([folder, key])),
    ),
  );
  return [...new Set(all)].sort().map(pair => JSON.parse(pair) as [string, string]);
};

const problemOf = (root: string, texts: CityTexts, folder: string, key: string): string | undefined => {
  const ours = readJson<Flat>(join(root, folder, 'fi.json'))?.[key];
  if (ours === undefined) return 'replaces no text of the portal';
  const missing = languages.filter(language => !texts[language][folder]?.[key]);
  if (missing.length > 0) return `not in ${missing.join(', ')}`;
  const differs = languages.some(
    language => placeholders(texts[language][folder]?.[key] ?? '') !== placeholders(ours),
  );
  return differs ? 'placeholders differ from what they replace' : undefined;
};

/** What is missing, superfluous or takes other values in a city's own words. */
export const cityTextProblems = (root: string, city: string): string[] => {
  const texts = readCityTexts(city);
  return replaced(texts).flatMap(([folder, key]) => {
    const problem = problemOf(root, texts, folder, key);
    return problem ? [`texts: ${folder} ${key}: ${problem}`] : [];
  });
};

/** Puts the city's words in the place of ours, in whatever esbuild bundles. */
export const cityTexts = (root: string, city: string): Plugin => ({
  name: 'city-texts',
  setup(build) {
    const texts = readCityTexts(city);
    build.onLoad({ filter: /[/\\](fi|sv|en)\.json$/ }, ({ path }) => {
      const language = basename(path, '.json');
      const own = isLanguage(language) ? texts[language][relative(root, dirname(path))] : undefined;
      if (own === undefined) return undefined;
      return { contents: JSON.stringify({ ...readJson<Flat>(path), ...own }), loader: 'json' };
    });
  },
});
