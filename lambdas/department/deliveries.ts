import * as z from 'zod/mini';
import type { CaseNumber } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { Belonging } from '../storage/case-numbers.ts';
import type { Deliveries } from '../storage/deliveries.ts';
import type { DeliverySummary } from '../storage/delivery-rows.ts';
import { type DepartmentRequest, demandPurpose, demandScope, maySee } from './access.ts';
import { pageQuery } from './cases.ts';
import { pageOver, readPlace, servicesOf } from './pages.ts';

export interface DeliveriesDependencies {
  readonly deliveries: Deliveries;
  readonly whose: (caseNumber: CaseNumber) => Promise<Belonging | undefined>;
  readonly registeredServices: () => Promise<readonly string[]>;
  readonly prefix: CasePrefix;
}

const listQuery = z.object({ query: pageQuery });

const shown = ({ submittedAt, form, formVersion, ...delivery }: DeliverySummary) => ({
  ...delivery,
  form: { id: form, version: formVersion },
  submittedAt: new Date(submittedAt).toISOString(),
});

const list = async (
  request: DepartmentRequest,
  { deliveries, registeredServices }: DeliveriesDependencies,
): Promise<Answer> => {
  demandScope(request, 'department/cases.read');
  demandPurpose(request);
  const { service, cursor, limit } = parse(listQuery, { query: request.query }).query;
  const services = await servicesOf(request.client, service, registeredServices);
  const page = await pageOver(
    services,
    readPlace(cursor, z.string().check(z.minLength(1), z.maxLength(40))),
    limit,
    async (name, after, left) => {
      const items = await deliveries.list(name, after, left);
      const last = items.at(-1)?.id;
      return { items: items.map(shown), ...(items.length === left && last && { next: last }) };
    },
  );
  return ok(page);
};

/** Which delivery of which service; unknown and not-yours look the same. */
const placeOf = async (
  { client, parameters }: DepartmentRequest,
  { whose, prefix }: DeliveriesDependencies,
): Promise<{ service: string; id: CaseNumber }> => {
  const id = parseCaseNumber(prefix, parameters.id ?? '');
  const found = id === undefined ? undefined : await whose(id);
  if (id === undefined || !found || !maySee(client, found.service)) return refuse({ kind: 'not-found' });
  return { service: found.service, id };
};

const get = async (request: DepartmentRequest, dependencies: DeliveriesDependencies): Promise<Answer> => {
  demandScope(request, 'department/cases.read');
  demandPurpose(request);
  const { service, id } = await placeOf(request, dependencies);
  const delivery = await dependencies.deliveries.get(service, id);
  return delivery ? ok(shown(delivery)) : refuse({ kind: 'not-found' });
};

/** The department says that it has the form safely; from then on it is nowhere here. */
const acknowledge = async (
  request: DepartmentRequest,
  dependencies: DeliveriesDependencies,
): Promise<Answer> => {
  demandScope(request, 'department/cases.write');
  const { service, id } = await placeOf(request, dependencies);
  await dependencies.deliveries.acknowledge(service, id);
  return noContent();
};

/** Forms that are never stored (R6.7): fetched, acknowledged, then gone. */
export const deliveryRoutes = (dependencies: DeliveriesDependencies) =>
  ({
    'GET /api/department/v1/deliveries': (request: DepartmentRequest) => list(request, dependencies),
    'GET /api/department/v1/deliveries/{id}': (request: DepartmentRequest) => get(request, dependencies),
    'POST /api/department/v1/deliveries/{id}/acknowledgement': (request: DepartmentRequest) =>
      acknowledge(request, dependencies),
  }) as const;
