import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { cityTexts } from './city-texts.ts';

/** A page with a `client.tsx` shows one's own matters. */
const isPublic = (page: string): boolean => !existsSync(join(dirname(page), 'client.tsx'));

/** Files of code (from `root`) that draw public pages, the catalogue's among them, and that run on them. */
export const publicFiles = async (root: string, city: string): Promise<string[]> => {
  const pages = globSync('web/pages/*/page.tsx', { cwd: root }).filter(page => isPublic(join(root, page)));
  const scripts = globSync(['web/pages/*/client.ts', 'web/components/frame/{first,client}.ts'], {
    cwd: root,
  });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...pages, ...scripts, 'web/components/frame/document.tsx', 'lambdas/catalogue/render.ts'],
    outdir: 'nowhere',
    write: false,
    bundle: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    plugins: [cityTexts(root, city)],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter(file => /^(web|lambdas)\/.*\.tsx?$/.test(file));
};
