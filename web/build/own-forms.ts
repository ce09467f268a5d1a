import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../lambdas/domain/forms/types.ts';
import { readFormFiles } from './form-files.ts';

const compileOwnForm = async (folder: string): Promise<CompiledForm> => {
  const { form, problems } = compileForm(await readFormFiles(folder));
  const wrong = problems.filter(({ severity }) => severity !== 'note');
  if (form && wrong.length === 0) return form;
  const lines = wrong.map(({ file, pointer, reason }) => `${folder}/${file} ${pointer}: ${reason}`);
  throw new Error(`forms:\n  ${lines.join('\n  ')}`);
};

/** The portal's own forms, `web/content/forms/<id>/` in the city's format. Throws every problem of the first that has one. */
export const compileOwnForms = (web: string): Promise<CompiledForm[]> =>
  Promise.all(
    globSync('content/forms/*/schema.json', { cwd: web })
      .sort()
      .map(file => compileOwnForm(join(web, dirname(file)))),
  );

/** Keys under which a form is published (`lambdas/storage/forms.ts` reads them) → what lies there. */
export const formObjects = (form: CompiledForm): [string, CompiledForm][] => [
  [`forms/${form.id}/${form.version}.json`, form],
  [`forms/${form.id}/current.json`, form],
];
