import { createHash } from 'node:crypto';
import type { Plugin } from 'esbuild';

const namespace = 'icon';

/** hds-core carries its icons as `data:` addresses, which our content security policy refuses: makes files of them. */
export const iconFiles: Plugin = {
  name: 'icon-files',
  setup(build) {
    const icons = new Map<string, string>();
    build.onResolve({ filter: /^data:image\/svg\+xml/ }, ({ path }) => {
      const svg = decodeURIComponent(path.slice(path.indexOf(',') + 1)).replace("role='img' ", '');
      const name = `icon-${createHash('sha256').update(svg).digest('hex').slice(0, 6)}.svg`;
      icons.set(name, svg);
      return { path: name, namespace };
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
      contents: icons.get(path) ?? '',
      loader: 'file',
    }));
  },
};
