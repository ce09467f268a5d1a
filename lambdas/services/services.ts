import { catalogueKeys } from '../catalogue/keys.ts';
import type { Published } from '../catalogue/publish.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import type { PublicRequest } from '../http/request.ts';
import type { Objects } from '../storage/objects.ts';

export interface ServicesDependencies {
  readonly content: Pick<Objects, 'get'>;
}

/** The same for everybody, and changed only by a publication. */
const forAMinute = { headers: { 'cache-control': 'public, max-age=60' } };

const published = async ({ content }: ServicesDependencies): Promise<Published | undefined> => {
  const text = await content.get(catalogueKeys.published);
  return text === undefined ? undefined : (JSON.parse(text) as Published);
};

/** `GET services`: the portal's own, whose forms are filled in here. None before the first publication. */
export const listServices = async (dependencies: ServicesDependencies): Promise<Answer> =>
  ok({ items: (await published(dependencies))?.services ?? [] }, forAMinute);

/** `GET services/{id}`: everything of one service of the catalogue, the register's too. */
export const getService = async (
  { parameters }: PublicRequest,
  dependencies: ServicesDependencies,
): Promise<Answer> => {
  const { id = '' } = parameters;
  if (!/^[a-z0-9][a-z0-9_-]{0,99}$/i.test(id)) return refuse({ kind: 'not-found' });
  const { version } = (await published(dependencies)) ?? refuse({ kind: 'not-found' });
  const text = await dependencies.content.get(catalogueKeys.service(version, id));
  return text === undefined ? refuse({ kind: 'not-found' }) : ok(JSON.parse(text), forAMinute);
};
