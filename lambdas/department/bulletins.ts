import {
  type Bulletin,
  bulletinName,
  bulletinRequest,
  bulletinsAtMost,
  checkTimes,
  hasEnded,
} from '../domain/bulletin.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { Bulletins } from '../storage/bulletins.ts';
import { type DepartmentRequest, demandScope } from './access.ts';

export interface BulletinsDependencies {
  readonly bulletins: Omit<Bulletins, 'all'>;
}

const iso = (at: number): string => new Date(at).toISOString();

const shown = ({ id, text, from, until }: Bulletin) => ({ id, text, from: iso(from), until: iso(until) });

/** What the client has announced and not yet ended. There is nothing of a citizen's in it, so no purpose is asked for. */
const list = async (request: DepartmentRequest, { bulletins }: BulletinsDependencies): Promise<Answer> => {
  demandScope(request, 'department/bulletins.write');
  return ok({ items: (await bulletins.of(request.client.id, request.now)).map(shown) });
};

const refuseTooMany = async (
  { client, now }: DepartmentRequest,
  { id }: Bulletin,
  { bulletins }: BulletinsDependencies,
): Promise<void> => {
  const others = (await bulletins.of(client.id, now)).filter(other => other.id !== id);
  if (others.length >= bulletinsAtMost) refuse({ kind: 'too-many-bulletins', limit: bulletinsAtMost });
};

/** Announces, or changes what was announced; the same again changes nothing. */
const put = async (request: DepartmentRequest, dependencies: BulletinsDependencies): Promise<Answer> => {
  demandScope(request, 'department/bulletins.write');
  const { body, client, now, parameters } = request;
  const bulletin = { ...parse(bulletinName, { id: parameters.id }), ...parse(bulletinRequest, body) };
  checkTimes(bulletin);
  if (!hasEnded(bulletin, now)) await refuseTooMany(request, bulletin, dependencies);
  const done = await dependencies.bulletins.put(client.id, bulletin, now);
  return (done === 'created' ? created : ok)(shown(bulletin));
};

/** Takes it back at once. Unknown, another client's and ended look the same. */
const remove = async (request: DepartmentRequest, { bulletins }: BulletinsDependencies): Promise<Answer> => {
  demandScope(request, 'department/bulletins.write');
  await bulletins.remove(request.client.id, request.parameters.id ?? '', request.now);
  return noContent();
};

/** Bulletins (R5.3): shown to everybody from `from` until `until`. */
export const bulletinRoutes = (dependencies: BulletinsDependencies) =>
  ({
    'GET /api/department/v1/bulletins': (request: DepartmentRequest) => list(request, dependencies),
    'PUT /api/department/v1/bulletins/{id}': (request: DepartmentRequest) => put(request, dependencies),
    'DELETE /api/department/v1/bulletins/{id}': (request: DepartmentRequest) => remove(request, dependencies),
  }) as const;
