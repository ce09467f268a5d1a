import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { readFormFiles } from './form-files.ts';

const ownForms = join(import.meta.dirname, '..', 'content', 'forms');

/** Compiles our own forms. Throws with every problem of every one: ours must be whole, in three languages. */
export const compileOwnForms = async (): Promise<readonly CompiledForm[]> => {
  const folders = globSync('*/schema.json', { cwd: ownForms }).map(file => join(ownForms, dirname(file)));
  const compiled = await Promise.all(
    folders.sort().map(async folder => compileForm(await readFormFiles(folder))),
  );
  const problems = compiled.flatMap(({ problems }, index) =>
    problems.map(({ file, pointer, reason }) => `${folders[index]}/${file} ${pointer}: ${reason}`),
  );
  if (problems.length > 0) throw new Error(`forms:\n  ${problems.join('\n  ')}`);
  return compiled.flatMap(({ form }) => form ?? []);
};

/** Writes our own forms as they are published: `<id>/<version>.json` and `<id>/current.json` under `folder`. */
export const writeOwnForms = async (folder: string): Promise<void> => {
  for (const form of await compileOwnForms()) {
    await mkdir(join(folder, form.id), { recursive: true });
    for (const name of [form.version, 'current'])
      await writeFile(join(folder, form.id, `${name}.json`), JSON.stringify(form));
  }
};
