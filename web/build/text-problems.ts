import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Language, languages } from '../../lambdas/domain/language.ts';

/** Names of the values a text takes, in order of the alphabet, each once; `{count, one: …}` and `{count}` are the same. */
export const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(match => match[1]))].sort().join(',');

type Flat = Readonly<Record<string, unknown>>;

/** Where the three files of one folder disagree: a key missing, superfluous or empty, placeholders unequal. */
export const disagreements = (texts: Readonly<Record<Language, Flat>>): string[] => {
  const problems: string[] = [];
  for (const key of new Set(languages.flatMap(language => Object.keys(texts[language])))) {
    const values = languages.map(language => texts[language][key]);
    const missing = languages.filter((_, index) => typeof values[index] !== 'string' || values[index] === '');
    if (missing.length > 0) problems.push(`${key}: not in ${missing.join(', ')}`);
    else if (new Set(values.map(value => placeholders(value as string))).size > 1)
      problems.push(`${key}: placeholders differ`);
  }
  return problems;
};

const folderProblems = async (folder: string): Promise<string[]> => {
  const read = async (language: Language): Promise<Flat> => {
    try {
      return JSON.parse(await readFile(join(folder, `${language}.json`), 'utf8')) as Flat;
    } catch {
      return {};
    }
  };
  const [fi, sv, en] = await Promise.all([read('fi'), read('sv'), read('en')]);
  return disagreements({ fi, sv, en });
};

/** Every problem of every folder of texts under `web/pages` and `web/components` and `web/client`. */
export const textProblems = async (web: string): Promise<string[]> => {
  const folders = new Set(
    globSync('{pages,components,client,texts}/**/{fi,sv,en}.json', { cwd: web }).map(file => dirname(file)),
  );
  const problems = await Promise.all(
    [...folders].sort().map(async folder => {
      const found = await folderProblems(join(web, folder));
      return found.map(problem => `${relative('.', join(web, folder))}: ${problem}`);
    }),
  );
  return problems.flat();
};
