import { globSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { cityFolder } from '../web/build/city.ts';
import { cityTexts } from '../web/build/city-texts.ts';
import { leanStart } from './lean-start.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'dist/lambdas');

/** How the identification provider is spoken to; the local run puts another module in its place, the bundle stays the same. */
const transport = { source: 'lambdas/identity/transport.ts', file: 'transport.mjs' };

/** `lambdas/cases/submit.lambda.ts` → `cases-submit`. */
const bundleName = (file: string): string =>
  `${basename(dirname(file))}-${basename(file).replace('.lambda.ts', '')}`;

const besideTheBundle: Plugin = {
  name: 'transport beside the bundle',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/transport\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: `./${transport.file}`, external: true },
    ),
};

/** Folders of the bundles that import the transport. */
const usersOfTransport = ({ outputs }: Metafile): string[] =>
  Object.entries(outputs)
    .filter(([, { imports }]) => imports.some(({ path }) => path === `./${transport.file}`))
    .map(([file]) => dirname(join(root, file)));

/**
 * Bundles every `lambdas/<feature>/<name>.lambda.ts` into `dist/lambdas/<feature>-<name>/index.mjs` and answers what went
 * into each. Throws what esbuild finds.
 */
export const bundleLambdas = async (): Promise<Metafile> => {
  const handlers = globSync('lambdas/*/*.lambda.ts', { cwd: root }).sort();
  const transports = globSync(transport.source, { cwd: root });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries([
      ...handlers.map(file => [`${bundleName(file)}/index`, file]),
      ...transports.map(file => ['transport', file]),
    ]),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The AWS SDK's CommonJS build would come along whole.
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.html': 'text' },
    legalComments: 'none',
    metafile: true,
    plugins: [besideTheBundle, cityTexts(root, cityFolder()), ...leanStart],
    logLevel: 'warning',
  });
  const built = join(outdir, transport.file);
  await Promise.all(usersOfTransport(metafile).map(folder => copyFile(built, join(folder, transport.file))));
  await rm(built, { force: true });
  return metafile;
};
