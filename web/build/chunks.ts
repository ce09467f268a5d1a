import { dirname, resolve } from 'node:path';
import { type OutputFile, transform } from 'esbuild';
import { type Plugin, rollup } from 'rollup';
import { targets } from './browsers.ts';

export interface Script {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
}

/** The pieces as esbuild has them in memory, each minified once its place is known. */
const pieces = (files: readonly OutputFile[]): Plugin => {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    name: 'pieces',
    resolveId: (id, from) => (from === undefined ? id : resolve(dirname(from), id)),
    load: id => texts.get(id),
    renderChunk: async code =>
      (await transform(code, { minify: true, format: 'esm', target: [...targets] })).code,
  };
};

/**
 * esbuild cuts a page to pieces wherever two of the scripts it loads on demand share something: the form page came in
 * seventeen, a request each and a seventh larger when compressed. Here whatever the first script needs is in it, and what
 * comes later finds it there.
 */
export const joinPieces = async (
  files: readonly OutputFile[],
  entry: string,
  name: string,
): Promise<Script[]> => {
  const joined = await rollup({ input: entry, plugins: [pieces(files)] });
  const { output } = await joined.generate({
    format: 'es',
    entryFileNames: `${name}-[hash].js`,
    chunkFileNames: `${name}-[hash].js`,
  });
  return output.flatMap(part => (part.type === 'chunk' ? [part] : []));
};
