import type { Assets, Site } from '../../web/page.ts';
import type { EpochMs } from '../domain/case.ts';
import { BrokenRegister } from '../domain/catalogue/register.ts';
import { namesOf, type Service } from '../domain/catalogue/service.ts';
import type { ServiceSummary } from '../http/wire/services.ts';
import type { Objects } from '../storage/objects.ts';
import type { Pointers } from '../storage/pointers.ts';
import { formsInUse } from './forms-in-use.ts';
import { inParallel } from './in-parallel.ts';
import { catalogueKeys } from './keys.ts';
import { type RenderedPage, renderCatalogue, renderForms } from './render.ts';
import { searchFiles, searchUrls } from './search-files.ts';
import { sitemap, sitemaps } from './sitemap.ts';
import { readSources, type Sources } from './sources.ts';
import { type PublicationSummary, summaryOfRegister } from './summary.ts';

export interface PublishRequest {
  /** Key in CONTENT_BUCKET of a register to take into use; without one the register in use stays. */
  readonly source?: string;
  /** Where to fetch the register to take into use, instead of `source`: https only. */
  readonly url?: string;
  /** Take the register even when suspiciously many services are gone from it: somebody has looked. */
  readonly replace?: boolean;
}

/** `catalogue/published.json`. */
export interface Published {
  readonly version: string;
  readonly services: readonly ServiceSummary[];
}

export interface PublishDependencies {
  readonly content: Objects;
  readonly site: Objects;
  readonly pointers: Pointers;
  /** Fetches a register. Throws `BrokenRegister` where it cannot. */
  readonly download: (url: string) => Promise<string>;
  readonly portalUrl: string;
  readonly now: () => EpochMs;
}

const json = { contentType: 'application/json' };
/** Browsers ask again each time; CloudFront itself asks once a minute. */
const page = { contentType: 'text/html; charset=utf-8', cacheControl: 'public, max-age=0, s-maxage=60' };
const sitemapFile = { ...page, contentType: 'application/xml' };
/** Its name says what it holds. */
const searchFile = { contentType: 'application/json', cacheControl: 'public, max-age=31536000, immutable' };
const readAsset = async <T>(site: Objects, key: string): Promise<T> => {
  const text = await site.get(key);
  if (text === undefined) throw new Error(`the site has no ${key}`);
  return JSON.parse(text) as T;
};

/** Sorts by time and is never used twice: a version that is being read must not change. */
const newVersion = (now: EpochMs): string =>
  `${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}-${crypto.randomUUID().slice(0, 8)}`;

const summaryOf = (service: Service): ServiceSummary => ({
  id: service.id,
  name: namesOf(service),
  ...(service.form !== undefined && { form: service.form }),
  applicants: service.applicants ?? [],
  stored: service.stored ?? false,
});

const allOf = ({ own, forms, register }: Sources): Service[] => [...own, ...forms, ...register.services];

/** Their addresses. */
const writePages = async (
  services: readonly Service[],
  version: string,
  { content, site, portalUrl, now }: PublishDependencies,
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

/** The new register's text; undefined where the one in use is to stay. */
const readFile = async (
  { source, url }: PublishRequest,
  { content, download }: PublishDependencies,
): Promise<string | undefined> => {
  if (url !== undefined) return download(url);
  if (source === undefined) return undefined;
  const file = await content.get(source);
  if (file === undefined) throw new BrokenRegister('there is no such file');
  return file;
};

/**
 * Renders the whole catalogue beside the one in use and then takes it into use in one step, the pointer: whatever fails
 * before, the old one stays, for everybody. What tells the API and the next publication follows, the register first:
 * where that fails, the API has the old one, whole, and the next publication brings all together again. Throws
 * `BrokenRegister` when the register named cannot be used, and `SuspiciousRegister` when too much of the one in use is
 * gone from it.
 */
export const publishCatalogue = async (
  request: PublishRequest,
  dependencies: PublishDependencies,
): Promise<PublicationSummary> => {
  const { content, site, pointers, now } = dependencies;
  const file = await readFile(request, dependencies);
  const sources = await readSources(content, file, request.replace);
  const { own, forms } = sources;
  const services = allOf(sources);
  const version = newVersion(now());
  const addresses = await writePages(services, version, dependencies);
  await inParallel(services, service =>
    content.put(catalogueKeys.service(version, service.id), JSON.stringify(service), json),
  );
  await pointers.set('catalogue', version);
  if (file !== undefined) await content.put(catalogueKeys.register, JSON.stringify(sources.taken), json);
  const published: Published = { version, services: [...own, ...forms].map(summaryOf) };
  await content.put(catalogueKeys.published, JSON.stringify(published), json);
  await site.put(sitemaps.services, sitemap(addresses), sitemapFile);
  return {
    ...summaryOfRegister(sources),
    own: own.length,
    forms: forms.length,
    pages: addresses.length,
    version,
  };
};
