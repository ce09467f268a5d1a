/** The pages that are rendered for one to take along, as the functions have them: JSX needs a bundler. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { MyDataPage } from '../../lambdas/my-data/page.tsx';

const root = join(import.meta.dirname, '..', '..');

export interface Pages {
  readonly renderMyData: (page: MyDataPage) => string;
}

export const bundledPages = async (): Promise<Pages> => {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  const outfile = join(folder, 'pages.mjs');
  await build({
    absWorkingDir: root,
    stdin: { contents: `export { renderMyData } from './lambdas/my-data/page.tsx';`, resolveDir: root },
    ...{ outfile, bundle: true, format: 'esm', platform: 'node', target: 'node24' },
    ...{ jsx: 'automatic', jsxImportSource: 'preact', logLevel: 'warning' },
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Pages;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
