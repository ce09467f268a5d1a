/** The city's own forms, read from where they are kept beside the project; never copied into it. */
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Compilation, compileForm, type FormFiles } from '../../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { readFormFiles } from '../../../web/build/form-files.ts';

/** `CITY_FORMS` names a folder with more of them. */
const folder =
  process.env.CITY_FORMS ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'forms');

/** Names of all there are. */
export const cityForms: readonly string[] = existsSync(folder)
  ? globSync('*/schema.json', { cwd: folder }).map(dirname).sort()
  : [];

/** Options of a test that needs them: skipped where they are absent, failing in CI. */
export const needsCityForms =
  existsSync(folder) || process.env.CI ? {} : { skip: '../shared/data/forms is not here' };

export const cityFormFiles = (id: string): Promise<FormFiles> => readFormFiles(join(folder, id));

export const compileCityForm = async (id: string): Promise<Compilation> =>
  compileForm(await cityFormFiles(id));

export const cityForm = async (id: string): Promise<CompiledForm> => {
  const { form, problems } = await compileCityForm(id);
  if (!form) throw new Error(JSON.stringify(problems));
  return form;
};
