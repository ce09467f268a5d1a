import { globSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { Assets } from '../page.ts';
import { copyLogos } from './city-files.ts';
import { cityTexts } from './city-texts.ts';
import { bundleStyles } from './styles.ts';

/** Browsers of the last two years; what is newer in a page's code is translated. */
export const browsers = ['chrome119', 'edge119', 'firefox120', 'safari17'];

type Entries = Readonly<Record<string, string>>;

const pageEntries = (web: string, extension: 'ts' | 'tsx'): Entries =>
  Object.fromEntries(
    globSync(`pages/*/client.${extension}`, { cwd: web }).map(file => [
      basename(dirname(file)),
      join(web, file),
    ]),
  );

/** The frame and the small scripts of public pages (`client.ts`). */
const publicEntries = (web: string): Entries => ({
  first: join(web, 'components', 'frame', 'first.ts'),
  frame: join(web, 'components', 'frame', 'client.ts'),
  ...pageEntries(web, 'ts'),
});

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
    target: browsers,
    chunkNames: 'chunk-[hash]',
    plugins: [cityTexts(root, city)],
    logLevel: 'silent',
  }) satisfies BuildOptions;

/** Where a built entry is served. */
const address = (file: string, root: string, folder: string): string =>
  `/assets/${relative(folder, join(root, file))}`;

const manifest = ({ outputs }: Metafile, names: Entries, root: string, folder: string): Assets => {
  const logical = new Map(Object.entries(names).map(([name, file]) => [relative(root, file), name]));
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([file, { entryPoint }]) => {
      const name = entryPoint === undefined ? undefined : logical.get(entryPoint);
      return name === undefined ? [] : [[`${name}${extname(file)}`, address(file, root, folder)]];
    }),
  );
};

const bundlePublic = async (place: Place): Promise<Assets> => {
  const { root, folder } = place;
  const entryPoints = { ...publicEntries(join(root, 'web')) };
  const { metafile } = await build({ ...common(place), entryPoints, entryNames: '[name]-[hash]' });
  return manifest(metafile, entryPoints, root, folder);
};

/**
 * A signed-in page (`client.tsx`) is one file with the frame in it, and what it loads on demand. Shared between
 * pages it would come in some twenty pieces, each a request of its own and larger when compressed.
 */
const bundleApp = async (place: Place, [name, file]: [string, string]): Promise<Assets> => {
  const { root, folder } = place;
  const frame = join(root, 'web', 'components', 'frame', 'client.ts');
  const contents = [frame, file].map(path => `import ${JSON.stringify(path)};`).join('\n');
  const { metafile } = await build({
    ...common(place),
    stdin: { contents, resolveDir: root, sourcefile: `${name}.app.ts` },
    entryNames: `${name}-[hash]`,
  });
  const [built] =
    Object.entries(metafile.outputs).find(([, output]) => output.entryPoint !== undefined) ?? [];
  if (built === undefined) throw new Error(`the client of ${name} came to nothing`);
  return { [`${name}.app.js`]: address(built, root, folder) };
};

/** Bundles styles and every client script into `folder`, each name carrying its hash, and the city's marks beside them. */
export const bundleClient = async (place: Place): Promise<Assets> => {
  const apps = Object.entries(pageEntries(join(place.root, 'web'), 'tsx'));
  const bundled = await Promise.all([
    bundlePublic(place),
    bundleStyles({ ...place, target: browsers }),
    copyLogos(place.city, place.folder),
    ...apps.map(app => bundleApp(place, app)),
  ]);
  return Object.assign({}, ...bundled);
};
