import type { EpochMs } from '../domain/case.ts';
import { BrokenRegister } from '../domain/catalogue/register.ts';
import { namesOf, type Service } from '../domain/catalogue/service.ts';
import type { ServiceSummary } from '../http/wire/services.ts';
import type { Pointers } from '../storage/pointers.ts';
import { inParallel } from './in-parallel.ts';
import { catalogueKeys } from './keys.ts';
import type { PagesDependencies } from './pages.ts';
import { json, sitemapFile } from './put-options.ts';
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

export interface PublishDependencies extends PagesDependencies {
  readonly pointers: Pointers;
  /** Fetches a register. Throws `BrokenRegister` where it cannot. */
  readonly download: (url: string) => Promise<string>;
}

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
  // What draws and indexes is more than half of the function: it is loaded while the sources come.
  const [sources, { writePages }] = await Promise.all([
    readSources(content, file, request.replace),
    import('./pages.ts'),
  ]);
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
