/** Scripts of the form page as Node runs them: bundled, for JSX is nothing it knows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const pages = join(import.meta.dirname, '..', '..', '..', 'web', 'pages', 'form');

/** `contents` imports from the page's folder, and exports what there is to try. */
export const bundled = async <Exports>(contents: string): Promise<Exports> => {
  const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
  const outfile = join(folder, 'bundled.mjs');
  try {
    await build({
      stdin: { contents, resolveDir: pages, loader: 'ts' },
      absWorkingDir: pages,
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'silent',
    });
    return (await import(pathToFileURL(outfile).href)) as Exports;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
