/** The catalogue's pages and search files, written beside those in use. */
import type { Assets, Site } from '../../web/page.ts';
import type { EpochMs } from '../domain/case.ts';
import type { Service } from '../domain/catalogue/service.ts';
import type { Objects } from '../storage/objects.ts';
import { formsInUse } from './forms-in-use.ts';
import { inParallel } from './in-parallel.ts';
import { catalogueKeys } from './keys.ts';
import { json, page, searchFile } from './put-options.ts';
import { type RenderedPage, renderCatalogue, renderForms } from './render.ts';
import { searchFiles, searchUrls } from './search-files.ts';

export interface PagesDependencies {
  readonly content: Objects;
  readonly site: Objects;
  readonly portalUrl: string;
  readonly now: () => EpochMs;
}

const readAsset = async <T>(site: Objects, key: string): Promise<T> => {
  const text = await site.get(key);
  if (text === undefined) throw new Error(`the site has no ${key}`);
  return JSON.parse(text) as T;
};

/** Everything a version shows; answers the addresses of its pages. */
export const writePages = async (
  services: readonly Service[],
  version: string,
  { content, site, portalUrl, now }: PagesDependencies,
): Promise<readonly string[]> => {
  const [assets, about] = await Promise.all([
    readAsset<Assets>(site, 'assets/manifest.json'),
    readAsset<Site>(site, 'assets/site.json'),
  ]);
  const files = searchFiles(services);
  await inParallel(Object.values(files), ({ path, text }) => site.put(path, text, searchFile));
  const named = JSON.stringify(Object.values(files).map(({ path }) => path));
  await content.put(catalogueKeys.searchFiles(version), named, json);
  const searchIndex = searchUrls(files);
  const built = { assets, site: { ...about, portalUrl } };
  const write = ({ path, html }: RenderedPage) => site.put(catalogueKeys.page(version, path), html, page);
  await inParallel(renderForms(await formsInUse(content, now()), built), write);
  const addresses: string[] = [];
  await inParallel(renderCatalogue({ ...built, services, searchIndex }), async rendered => {
    addresses.push(`${portalUrl}/${rendered.path.replace(/index\.html$/, '')}`);
    await write(rendered);
  });
  return addresses;
};
