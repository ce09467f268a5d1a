import { dirname, resolve } from 'node:path';
import { type OutputFile, transform } from 'esbuild';
import { type Plugin, rollup } from 'rollup';
import { minify } from 'terser';
import { targets } from './browsers.ts';

export interface Script {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
}

type Minify = (code: string) => Promise<string>;

const quickly: Minify = async code =>
  (await transform(code, { minify: true, format: 'esm', target: [...targets] })).code;

/** Older than any of `browserslist`: esbuild has put the newer into what they know, and nothing is to bring it back. */
const ecma = 2020;

/** Compressed a thirtieth less than what esbuild makes of it, in twenty times the time. */
const thoroughly: Minify = async code => {
  const compress = {
    ecma,
    passes: 3,
    inline: 1,
    keep_fargs: false,
    lhs_constants: false,
    pure_getters: true,
  } as const;
  return (await minify(code, { module: true, ecma, compress })).code ?? code;
};

/** The one page that comes near what a page may weigh: whatever a department asks, the first script has what it takes. */
const heaviest = 'form';

/** The pieces as esbuild has them in memory, each minified once its place is known. */
const pieces = (files: readonly OutputFile[], renderChunk: Minify): Plugin => {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    name: 'pieces',
    resolveId: (id, from) => (from === undefined ? id : resolve(dirname(from), id)),
    load: id => texts.get(id),
    renderChunk,
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
  const joined = await rollup({
    input: entry,
    plugins: [pieces(files, name === heaviest ? thoroughly : quickly)],
  });
  const { output } = await joined.generate({
    format: 'es',
    entryFileNames: `${name}-[hash].js`,
    chunkFileNames: `${name}-[hash].js`,
  });
  return output.flatMap(part => (part.type === 'chunk' ? [part] : []));
};
