import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { CatalogueProps, RenderedPage } from '../../lambdas/catalogue/render.ts';
import type { PageContext, PageModule } from '../page.ts';
import type { PageName } from '../urls.ts';
import { cityTexts } from './city-texts.ts';

export interface Pages {
  readonly modules: Partial<Record<PageName, PageModule>>;
  readonly renderDocument: (module: PageModule, context: PageContext) => string;
  readonly renderCatalogue: (props: CatalogueProps) => Iterable<RenderedPage>;
}

/** Rendered by the catalogue's publisher as well; the build renders them with our own services only. */
const ofTheCatalogue = ['services', 'service'];

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const entry = (folders: readonly string[]): string => `
${folders.map((folder, index) => `import * as page${index} from './pages/${folder}/page.tsx';`).join('\n')}
export { renderDocument } from './components/frame/document.tsx';
export { renderCatalogue } from '../lambdas/catalogue/render.ts';
export const modules = { ${folders.map((folder, index) => `${camelCase(folder)}: page${index}`).join(', ')} };
`;

/** Bundles all page modules into one ES module in `folder` (they are JSX, which Node does not read) and imports it. */
export const loadPages = async (root: string, folder: string, city: string): Promise<Pages> => {
  const web = join(root, 'web');
  const folders = globSync('pages/*/page.tsx', { cwd: web })
    .map(file => basename(dirname(file)))
    .filter(page => !ofTheCatalogue.includes(page));
  // A name of its own each time: Node imports a file once.
  const outfile = join(folder, `${Date.now()}.mjs`);
  await build({
    stdin: { contents: entry(folders), resolveDir: web, loader: 'ts' },
    absWorkingDir: root,
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins: [cityTexts(root, city)],
    logLevel: 'silent',
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Pages;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
