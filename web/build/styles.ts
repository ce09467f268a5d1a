import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Assets } from '../page.ts';
import { cityStyle } from './city-files.ts';
import { iconFiles } from './icon-files.ts';
import { publicFiles } from './public-files.ts';
import { usedStyles, wordsIn, wordsOf } from './used-styles.ts';

interface Options {
  readonly root: string;
  /** Where the built files go. */
  readonly folder: string;
  /** The city's folder. */
  readonly city: string;
  /** Oldest browsers it must suit, in esbuild's words. */
  readonly target: readonly string[];
}

const hashOf = (css: string): string => createHash('sha256').update(css).digest('hex').slice(0, 8);

/** The stylesheet with everything in it, and the pictures it names. */
const bundleAll = async ({ root, folder, city, target }: Options) => {
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
  const isSheet = ({ path }: { path: string }): boolean => path.endsWith('.css');
  return {
    css: outputFiles.find(isSheet)?.text ?? '',
    pictures: outputFiles.filter(file => !isSheet(file)),
  };
};

/**
 * Bundles `web/styles/site.css` into two files, neither with anything its pages cannot use, and the pictures they
 * name: `styles.css` for signed-in pages, and of it `public.css` for the public ones, whose first paint waits for it.
 */
export const bundleStyles = async (options: Options): Promise<Assets> => {
  const { root, folder, city } = options;
  const [{ css, pictures }, files] = await Promise.all([bundleAll(options), publicFiles(root, city)]);
  const styles = usedStyles(css, wordsOf(root));
  const ofPublic = usedStyles(styles, wordsIn(root, files));
  const sheets = { styles, public: ofPublic };
  const named = Object.entries(sheets).map(
    ([name, text]) => [name, `${name}-${hashOf(text)}.css`, text] as const,
  );
  const shown = pictures.filter(({ path }) => styles.includes(basename(path)));
  await mkdir(folder, { recursive: true });
  await Promise.all([
    ...named.map(([, file, text]) => writeFile(join(folder, file), text)),
    ...shown.map(({ path, contents }) => writeFile(join(folder, basename(path)), contents)),
  ]);
  return Object.fromEntries(named.map(([name, file]) => [`${name}.css`, `/assets/${file}`]));
};
