/** The city's own forms, read from where they are kept beside the project; never copied into it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Compilation, compileForm } from '../../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { readFormFiles } from '../../../web/build/form-files.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'forms');

/** Options of a test that needs them: skipped where they are absent, failing in CI. */
export const needsCityForms =
  existsSync(folder) || process.env.CI ? {} : { skip: '../shared/data/forms is not here' };

export const compileCityForm = async (id: string): Promise<Compilation> =>
  compileForm(await readFormFiles(join(folder, id)));

export const cityForm = async (id: string): Promise<CompiledForm> => {
  const { form, problems } = await compileCityForm(id);
  if (!form) throw new Error(JSON.stringify(problems));
  return form;
};
