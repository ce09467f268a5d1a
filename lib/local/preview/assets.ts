import { join } from 'node:path';
import { build } from 'esbuild';
import { targets } from '../../../web/build/browsers.ts';

/** Bundles the preview's own script and style; no part of the site. */
export const bundlePreview = async (root: string, folder: string): Promise<void> => {
  const own = join(root, 'web', 'preview');
  await build({
    entryPoints: [join(own, 'client.ts'), join(own, 'client.css')],
    absWorkingDir: root,
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: [...targets],
    logLevel: 'silent',
  });
};
