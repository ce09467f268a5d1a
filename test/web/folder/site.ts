import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildSite } from '../../../web/build/build.ts';

const root = join(import.meta.dirname, '..', '..', '..');

const changedAt = (file: string): number =>
  statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isBuilt = (): boolean => {
  const builtAt = changedAt('dist/assets.json');
  const sources = ['web/**/*.{ts,tsx,css,json}', 'lambdas/domain/**/*.ts', 'cdk.json'];
  return globSync(sources, { cwd: root }).every(file => changedAt(file) <= builtAt);
};

/** Builds the site unless it is there as the sources are. Test files run side by side: who comes second tries again. */
export const builtSite = async (attempts = 3): Promise<void> => {
  if (isBuilt()) return;
  try {
    await buildSite();
  } catch (error) {
    if (attempts === 1) throw error;
    await setTimeout(2000);
    await builtSite(attempts - 1);
  }
};
