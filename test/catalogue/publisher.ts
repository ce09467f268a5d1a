/** The publisher as its Lambda has it: bundled, for it renders pages that Node cannot read as they are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as FormsInUse from '../../lambdas/catalogue/forms-in-use.ts';
import type * as Versions from '../../lambdas/catalogue/old-versions.ts';
import type * as Publish from '../../lambdas/catalogue/publish.ts';
import type * as Render from '../../lambdas/catalogue/render.ts';
import type * as Report from '../../lambdas/catalogue/report.ts';
import type { Objects } from '../../lambdas/storage/objects.ts';

const root = join(import.meta.dirname, '../..');

export const loadPublisher = async (): Promise<
  typeof FormsInUse & typeof Publish & typeof Render & typeof Report & typeof Versions
> => {
  const folder = mkdtempSync(join(tmpdir(), 'publisher-'));
  const outfile = join(folder, 'publisher.mjs');
  const contents = ['publish', 'render', 'report', 'old-versions', 'forms-in-use']
    .map(file => `export * from './${file}.ts';`)
    .join('\n');
  await build({
    stdin: { contents, resolveDir: join(root, 'lambdas/catalogue'), loader: 'ts' },
    absWorkingDir: root,
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export interface MemoryObjects extends Objects {
  readonly map: Map<string, string>;
}

export const memoryObjects = (entries: Readonly<Record<string, string>> = {}): MemoryObjects => {
  const map = new Map(Object.entries(entries));
  return {
    map,
    get: async key => map.get(key),
    put: async (key, body) => void map.set(key, body),
    remove: async key => void map.delete(key),
    list: async prefix => [...map.keys()].filter(key => key.startsWith(prefix)).sort(),
  };
};
