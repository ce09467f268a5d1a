import editorsChoice from '../../web/content/catalogue/popular.json' with { type: 'json' };
import type { EpochMs } from '../domain/case.ts';
import { namesOf, type Service, textsFor } from '../domain/catalogue/service.ts';
import { daysThatCount, popularAtMost, rank } from '../domain/popularity.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, noContent, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { PopularService } from '../http/wire/services.ts';
import type { CatalogueInUse } from '../storage/catalogue-in-use.ts';
import type { Openings } from '../storage/openings.ts';

export interface OpeningsDependencies {
  readonly openings: Openings;
  readonly catalogue: CatalogueInUse;
}

/**
 * `POST services/{id}/openings`: somebody has gone to a service. Who, the request does not say and nobody asks: no
 * cookie is read. What is over the minute's ceiling is not counted, and the answer does not tell.
 */
export const countOpening = async (
  { parameters, now }: PublicRequest,
  { openings, catalogue }: OpeningsDependencies,
): Promise<Answer> => {
  const service = (await catalogue.find(parameters.id ?? '', now)) ?? refuse({ kind: 'not-found' });
  await openings.add(service.id, now);
  return noContent();
};

const shown = (service: Service): PopularService => {
  const written = (language: 'fi' | 'sv' | 'en') => textsFor(service, language).language;
  return {
    id: service.id,
    name: namesOf(service),
    writtenIn: { fi: written('fi'), sv: written('sv'), en: written('en') },
    applicants: service.applicants ?? [],
  };
};

/** The first of these that are services of the catalogue in use. */
const inCatalogue = async (
  ids: readonly string[],
  catalogue: CatalogueInUse,
  now: EpochMs,
): Promise<Service[]> => {
  const found: Service[] = [];
  for (const id of ids) {
    const service = await catalogue.find(id, now);
    if (service) found.push(service);
    if (found.length === popularAtMost) break;
  }
  return found;
};

/** `GET popular-services` (R5.4): by the counts, and while those are thin by the editor's choice. */
export const listPopular = async (
  { now }: Pick<PublicRequest, 'now'>,
  { openings, catalogue }: OpeningsDependencies,
): Promise<Answer> => {
  const ranked = rank(await Promise.all(daysThatCount(now).map(openings.of)));
  const services = await inCatalogue([...new Set([...ranked, ...editorsChoice])], catalogue, now);
  return ok(
    { items: services.map(shown) },
    { headers: { 'cache-control': 'public, max-age=0, s-maxage=60' } },
  );
};
