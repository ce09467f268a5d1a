import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Service, ServiceTexts } from '../../lambdas/domain/catalogue/service.ts';
import { type Language, languages } from '../../lambdas/domain/language.ts';

type Own = Pick<
  Service,
  'form' | 'applicants' | 'stored' | 'course' | 'topics' | 'groups' | 'lifeEvents' | 'departments'
>;

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;

/** Names of everything that is said, so that what one language says another does not leave out. */
const outline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(outline).join(',')}]`;
  if (typeof value !== 'object' || value === null) return '';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, part]) => `${key}${outline(part)}`).join(',')}}`;
};

const readOwnService = async (folder: string): Promise<Service> => {
  const own = await readJson<Own>(join(folder, 'service.json'));
  const texts = Object.fromEntries(
    await Promise.all(
      languages.map(async language => [
        language,
        await readJson<ServiceTexts>(join(folder, `${language}.json`)),
      ]),
    ),
  ) as Record<Language, ServiceTexts>;
  if (new Set(languages.map(language => outline(texts[language]))).size > 1)
    throw new Error(`${folder}: the three languages do not say the same things`);
  return { id: basename(folder), origin: 'own', texts, electronic: true, identification: true, ...own };
};

/** The portal's own services: `web/content/services/<id>/{service,fi,sv,en}.json`. Throws where a language lacks a text. */
export const readOwnServices = (web: string): Promise<Service[]> =>
  Promise.all(
    globSync('content/services/*/service.json', { cwd: web })
      .sort()
      .map(file => readOwnService(join(web, dirname(file)))),
  );
