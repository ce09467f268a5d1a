import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Assets } from '../page.ts';
import { targets } from './browsers.ts';
import { joinPieces } from './chunks.ts';
import { copyLogos } from './city-files.ts';
import { cityTexts } from './city-texts.ts';
import { postalCodesUrl, writePostalCodes } from './postal-codes.ts';
import { bundleStyles } from './styles.ts';

type Entries = Readonly<Record<string, string>>;

/** Scripts of pages: `client.ts` on a public one, `client.tsx` on a signed-in one. */
const pageEntries = (web: string): Entries =>
  Object.fromEntries(
    globSync('pages/*/client.{ts,tsx}', { cwd: web }).map(file => [basename(dirname(file)), join(web, file)]),
  );

/** Pages with a script of Preact are somebody's own; nobody goes to a service elsewhere from there. */
const isOwn = (file: string): boolean => file.endsWith('x');

const frameFile = (root: string, isPublic: boolean): string =>
  join(root, 'web', 'components', 'frame', isPublic ? 'public-client.ts' : 'client.ts');

interface Place {
  readonly root: string;
  /** Where the built files go. */
  readonly folder: string;
  /** The city's folder. */
  readonly city: string;
}

const common = ({ root, folder, city }: Place) =>
  ({
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    target: [...targets],
    chunkNames: 'chunk-[hash]',
    define: { POSTAL_CODES: JSON.stringify(postalCodesUrl()) },
    plugins: [cityTexts(root, city)],
    logLevel: 'silent',
  }) satisfies BuildOptions;

/** Where a built entry is served. */
const address = (file: string, root: string, folder: string): string =>
  `/assets/${relative(folder, join(root, file))}`;

/** Every page begins with it, and it is a script of the old kind. */
const bundleFirst = async (place: Place): Promise<Assets> => {
  const { root, folder } = place;
  const entryPoints = { first: join(root, 'web', 'components', 'frame', 'first.ts') };
  const { metafile } = await build({ ...common(place), entryPoints, entryNames: '[name]-[hash]' });
  const [file = ''] = Object.keys(metafile.outputs);
  return { 'first.js': address(file, root, folder) };
};

/**
 * A page with a script is one file with the frame in it, and what it loads on demand. Shared between pages it would
 * come in some twenty pieces, each a request of its own and larger when compressed.
 */
const bundlePage = async (place: Place, [name, file]: [string, string]): Promise<Assets> => {
  const { root, folder } = place;
  const contents = [...new Set([frameFile(root, !isOwn(file)), file])]
    .map(path => `import ${JSON.stringify(path)};`)
    .join('\n');
  const { outputFiles } = await build({
    ...common(place),
    stdin: { contents, resolveDir: root, sourcefile: `${name}.page.ts` },
    entryNames: name,
    minify: false,
    // What it makes shorter of the syntax is a third of a per cent that terser does not find.
    minifySyntax: true,
    write: false,
  });
  const scripts = await joinPieces(outputFiles, join(folder, `${name}.js`), name);
  await mkdir(folder, { recursive: true });
  for (const { fileName, code } of scripts) await writeFile(join(folder, fileName), code);
  const [built] = scripts.filter(({ isEntry }) => isEntry);
  if (built === undefined) throw new Error(`the client of ${name} came to nothing`);
  return { [`${name}${isOwn(file) ? '.app' : ''}.js`]: `/assets/${built.fileName}` };
};

/** Bundles styles and every client script into `folder`, each name carrying its hash, and the city's marks beside them. */
export const bundleClient = async (place: Place): Promise<Assets> => {
  const pages = Object.entries({
    // For pages without a script of their own.
    frame: frameFile(place.root, true),
    ...pageEntries(join(place.root, 'web')),
  });
  const bundled = await Promise.all([
    bundleFirst(place),
    bundleStyles({ ...place, target: targets }),
    copyLogos(place.city, place.folder),
    writePostalCodes(place.folder),
    ...pages.map(page => bundlePage(place, page)),
  ]);
  return Object.assign({}, ...bundled);
};
