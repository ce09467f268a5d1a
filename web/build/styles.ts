import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Assets } from '../page.ts';
import { cityStyle } from './city-files.ts';
import { iconFiles } from './icon-files.ts';
import { usedStyles, wordsOf } from './used-styles.ts';

interface Options {
  readonly root: string;
  /** Where the built files go. */
  readonly folder: string;
  /** The city's folder. */
  readonly city: string;
  /** Oldest browsers it must suit, in esbuild's words. */
  readonly target: readonly string[];
}

/** Bundles `web/styles/site.css` into one file that holds nothing a page cannot use, and the pictures it names. */
export const bundleStyles = async ({ root, folder, city, target }: Options): Promise<Assets> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'web', 'styles', 'site.css')],
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    target: [...target],
    assetNames: '[name]-[hash]',
    loader: { '.svg': 'file', '.woff2': 'file' },
    plugins: [iconFiles, cityStyle(city)],
    logLevel: 'silent',
  });
  const sheet = outputFiles.find(({ path }) => path.endsWith('.css'));
  const css = usedStyles(sheet?.text ?? '', wordsOf(root));
  const name = `styles-${createHash('sha256').update(css).digest('hex').slice(0, 8)}.css`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), css);
  const pictures = outputFiles.filter(({ path }) => css.includes(basename(path)));
  await Promise.all(pictures.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)));
  return { 'styles.css': `/assets/${name}` };
};
