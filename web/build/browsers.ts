/** The oldest browsers the portal must work in: `browserslist` in package.json, one `name >= version` each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one browser is called by those who are asked about it. */
const names = {
  chrome: { esbuild: 'chrome', features: 'chrome' },
  and_chr: { esbuild: 'chrome', features: 'chrome_android' },
  edge: { esbuild: 'edge', features: 'edge' },
  firefox: { esbuild: 'firefox', features: 'firefox' },
  and_ff: { esbuild: 'firefox', features: 'firefox_android' },
  safari: { esbuild: 'safari', features: 'safari' },
  ios_saf: { esbuild: 'ios', features: 'safari_ios' },
} as const;

export interface OldestBrowser {
  /** As web-features and MDN name it. */
  readonly name: (typeof names)[keyof typeof names]['features'];
  readonly version: string;
  /** As esbuild takes it: `safari17`. */
  readonly target: string;
}

const isKnown = (name: string | undefined): name is keyof typeof names =>
  name !== undefined && Object.hasOwn(names, name);

const parseBrowser = (line: string): OldestBrowser => {
  const [, name, version = ''] = /^(\w+) >= (\d+(?:\.\d+)*)$/.exec(line) ?? [];
  if (!isKnown(name)) throw new Error(`package.json: browserslist: ${line} is not "browser >= version"`);
  return { name: names[name].features, version, target: names[name].esbuild + version };
};

/** Throws where a line says another thing than the oldest version of a browser that is known. */
export const parseBrowsers = (lines: readonly string[]): readonly OldestBrowser[] => lines.map(parseBrowser);

export const oldestBrowsers: readonly OldestBrowser[] = parseBrowsers(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).browserslist,
);

/** The same for esbuild, which translates what is newer in the language and in styles. */
export const targets: readonly string[] = [...new Set(oldestBrowsers.map(({ target }) => target))];
