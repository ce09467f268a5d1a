import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FormFiles } from '../../lambdas/domain/forms/compile.ts';

/** A file of a form that is not JSON, or a folder without a schema. */
export class UnreadableForm extends Error {
  readonly file: string;
  constructor(file: string, reason: string) {
    super(reason);
    this.name = 'UnreadableForm';
    this.file = file;
  }
}

/** Undefined where there is no such file; one that is there and cannot be read is not passed over. */
const readJson = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new UnreadableForm(basename(path), `cannot be read (${error.code})`);
  });
  if (text === undefined) return undefined;
  try {
    // Some editors begin a file with a mark of its byte order.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UnreadableForm(basename(path), (error as Error).message);
  }
};

/**
 * A form as the city writes it: a folder with `schema.json`, and where they are there `uiSchema.json`, `translation.json`,
 * `settings.json`, `migrations.json`; texts that forms share in `defaultTranslations.json` beside the folder. Throws UnreadableForm.
 */
export const readFormFiles = async (folder: string): Promise<FormFiles> => {
  const path = resolve(folder);
  const [schema, uiSchema, translation, settings, defaultTranslations, migrations] = await Promise.all([
    readJson(join(path, 'schema.json')),
    readJson(join(path, 'uiSchema.json')),
    readJson(join(path, 'translation.json')),
    readJson(join(path, 'settings.json')),
    readJson(join(dirname(path), 'defaultTranslations.json')),
    readJson(join(path, 'migrations.json')),
  ]);
  if (schema === undefined) throw new UnreadableForm('schema.json', 'the folder has no schema.json');
  // Ids are small letters, in addresses too; folders are called as people like.
  return {
    id: basename(path).toLowerCase(),
    schema,
    uiSchema,
    translation,
    settings,
    defaultTranslations,
    migrations,
  };
};
