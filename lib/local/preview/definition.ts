/** A form's folder as it is being written: compiled again at every change, the last good version kept beside what is wrong. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
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
  const again = async (): Promise<void> => {
    current = await compile(path);
    keep(current);
    changed(current);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void again(), quietMs);
  };

  keep(current);
  const watchers: FSWatcher[] = [
    watch(path, soon),
    watch(dirname(path), (_, file) => {
      if (file === 'defaultTranslations.json') soon();
    }),
  ];
  return {
    compilation: () => current,
    form: version => versions.get(version ?? newest ?? ''),
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
};
