import { globSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import type { Assets } from '../page.ts';
import { iconFiles } from './icon-files.ts';

/** Browsers of the last two years; what is newer in a page's code is translated. */
export const browsers = ['chrome119', 'edge119', 'firefox120', 'safari17'];

const entryPoints = (web: string): Record<string, string> => ({
  styles: join(web, 'styles', 'site.css'),
  first: join(web, 'components', 'frame', 'first.ts'),
  frame: join(web, 'components', 'frame', 'client.ts'),
  ...Object.fromEntries(
    globSync('pages/*/client.{ts,tsx}', { cwd: web }).map(file => [basename(dirname(file)), join(web, file)]),
  ),
});

/** Built file of every entry, and `<entry>.js.imports` is not needed: browsers find chunks by themselves. */
const manifest = (
  metafile: Metafile,
  names: Record<string, string>,
  root: string,
  folder: string,
): Assets => {
  const logical = new Map(Object.entries(names).map(([name, file]) => [relative(root, file), name]));
  return Object.fromEntries(
    Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) => {
      const name = entryPoint === undefined ? undefined : logical.get(entryPoint);
      if (name === undefined) return [];
      return [
        [`${name}${file.endsWith('.css') ? '.css' : '.js'}`, `/assets/${relative(folder, join(root, file))}`],
      ];
    }),
  );
};

/** Bundles styles and every client script into `folder`, each name carrying its hash. */
export const bundleClient = async (root: string, folder: string): Promise<Assets> => {
  const names = entryPoints(join(root, 'web'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: names,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    target: browsers,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.svg': 'file', '.woff2': 'file' },
    plugins: [iconFiles],
    logLevel: 'silent',
  });
  return manifest(metafile, names, root, folder);
};
