/** The site as the build makes it, in a folder of its own, read for tests. */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSite } from '../../../web/build/build.ts';
import type { Assets } from '../../../web/page.ts';

export interface BuiltSite {
  /** Folder that stands for `dist`. */
  readonly folder: string;
  /** URL path (`/fi/ohjeet/`) → HTML. */
  readonly pages: ReadonlyMap<string, string>;
  readonly assets: Assets;
  readonly read: (path: string) => string;
  readonly remove: () => void;
}

/** What a build left in the folder that stands for `dist`. */
export const readBuilt = (folder: string): BuiltSite => {
  const read = (path: string): string => readFileSync(join(folder, 'site', path), 'utf8');
  const files = globSync('**/index.html', { cwd: join(folder, 'site') });
  return {
    folder,
    pages: new Map(files.sort().map(file => [`/${file.replace(/index\.html$/, '')}`, read(file)])),
    assets: JSON.parse(read('assets/manifest.json')) as Assets,
    read,
    remove: () => rmSync(folder, { recursive: true }),
  };
};

export const builtSite = async (): Promise<BuiltSite> => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  await buildSite(folder);
  return readBuilt(folder);
};

/** A script, and what it imports before it can run. */
export const importedBy = (script: string, read: BuiltSite['read'], found = new Set<string>()): string[] => {
  if (found.has(script)) return [];
  found.add(script);
  for (const [, chunk] of read(script).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    importedBy(`/assets/${chunk}`, read, found);
  return [...found];
};

/** Scripts a page loads, and what they import before they can run. */
export const scriptsOf = (html: string, read: BuiltSite['read']): string[] => {
  const found = new Set<string>();
  for (const [, source] of html.matchAll(/<script[^>]* src="([^"]+)"/g))
    importedBy(source ?? '', read, found);
  return [...found];
};
