/** A form's folder as it is being written: compiled again at every change, the last good version kept beside what is wrong. */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Compilation } from '../../../lambdas/domain/forms/compile.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';

export interface Definition {
  /** The newest; its form is absent where something is wrong. */
  readonly compilation: () => Compilation;
  /** The version named, or the newest that could be compiled. */
  form(version?: string): CompiledForm | undefined;
  close(): void;
}

/** An editor writes a file in several steps. */
const quietMs = 120;

/** Calls `changed` after every compilation but the first. */
export const watchDefinition = async (
  folder: string,
  compile: (folder: string) => Promise<Compilation>,
  changed: (compilation: Compilation) => void,
): Promise<Definition> => {
  const path = resolve(folder);
  const versions = new Map<string, CompiledForm>();
  let newest: string | undefined;
  let current = await compile(path);
  let timer: NodeJS.Timeout | undefined;

  const keep = ({ form }: Compilation): void => {
    if (!form) return;
    versions.set(form.version, form);
    newest = form.version;
  };
  /** The folder itself may be gone for a moment, as when another branch is checked out. */
  const compileOrSay = (): Promise<Compilation> =>
    compile(path).catch((error: Error) => ({
      pages: [],
      fields: 0,
      problems: [{ file: basename(path), pointer: '', reason: error.message, severity: 'error' as const }],
    }));
  const again = async (): Promise<void> => {
    current = await compileOrSay();
    keep(current);
    changed(current);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void again(), quietMs);
  };

  keep(current);
  let own: FSWatcher | undefined;
  /** Anew when the folder was made anew. */
  const watchFolder = (): void => {
    own?.close();
    own = undefined;
    if (existsSync(path)) own = watch(path, soon);
    soon();
  };
  own = watch(path, soon);
  const above = watch(dirname(path), (_, file) => {
    if (file === 'defaultTranslations.json') soon();
    if (file === basename(path)) watchFolder();
  });
  return {
    compilation: () => current,
    form: version => versions.get(version ?? newest ?? ''),
    close: () => {
      clearTimeout(timer);
      own?.close();
      above.close();
    },
  };
};
