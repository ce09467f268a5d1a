import { catalogueKeys } from '../catalogue/keys.ts';
import type { Published } from '../catalogue/publish.ts';
import type { EpochMs } from '../domain/case.ts';
import type { Service } from '../domain/catalogue/service.ts';
import type { Objects } from './objects.ts';

/** The catalogue everybody sees, service by service. */
export interface CatalogueInUse {
  /** Undefined for what is no service of it. */
  find(id: string, now: EpochMs): Promise<Service | undefined>;
}

/** Milliseconds a version is taken to be the one in use. */
const trustedMs = 60_000;
/** The same, for who asks for a service that is not in it: it may have been published a moment ago. */
const trustedOfMissingMs = 2_000;
/** Ids are a caller's words: the memory of those that lead nowhere must not grow with them. */
const rememberedAtMost = 2_000;

/** A service's id as a key may hold it: it becomes part of an object's name. */
export const isServiceId = (id: string): boolean => /^[a-z0-9][a-z0-9_-]{0,99}$/i.test(id);

/** Remembers what it has read while the version stays: an instance asks S3 once for each service. */
export const catalogueInUse = (content: Pick<Objects, 'get'>): CatalogueInUse => {
  let readAt = Number.NEGATIVE_INFINITY;
  let version: string | undefined;
  let services = new Map<string, Service | undefined>();

  const refresh = async (now: EpochMs, trusted = trustedMs): Promise<void> => {
    if (now - readAt < trusted && now >= readAt) return;
    const text = await content.get(catalogueKeys.published);
    const current = text === undefined ? undefined : (JSON.parse(text) as Published).version;
    if (current !== version) services = new Map();
    version = current;
    readAt = now;
  };

  const read = async (id: string): Promise<Service | undefined> => {
    const text = version === undefined ? undefined : await content.get(catalogueKeys.service(version, id));
    const service = text === undefined ? undefined : (JSON.parse(text) as Service);
    if (services.size < rememberedAtMost) services.set(id, service);
    return service;
  };

  const known = async (id: string) => (services.has(id) ? services.get(id) : read(id));

  return {
    find: async (id, now) => {
      if (!isServiceId(id)) return undefined;
      await refresh(now);
      const [service, before] = [await known(id), version];
      if (service) return service;
      await refresh(now, trustedOfMissingMs);
      return version === before ? undefined : known(id);
    },
  };
};
