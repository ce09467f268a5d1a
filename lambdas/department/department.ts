import type { Settings } from '../configuration.ts';
import { ok } from '../http/answer.ts';
import { api } from '../http/api.ts';
import { type ApiHandler, type ChainOptions, chain } from '../http/chain.ts';
import { type RouteKey, routes } from '../http/routes.ts';
import type { DepartmentRequest } from './access.ts';
import { type BulletinsDependencies, bulletinRoutes } from './bulletins.ts';
import { type CasesDependencies, caseRoutes } from './cases.ts';
import { type DeliveriesDependencies, deliveryRoutes } from './deliveries.ts';
import openapi from './openapi.json' with { type: 'json' };

export const openapiRoute = 'GET /api/department/v1/openapi.json' satisfies RouteKey;

export type DepartmentDependencies = CasesDependencies & DeliveriesDependencies & BulletinsDependencies;

export interface DepartmentOptions extends Pick<ChainOptions<DepartmentRequest>, 'admit' | 'now' | 'log'> {
  readonly environment: Pick<Settings, 'PORTAL_URL' | 'ORIGIN_SECRET'>;
}

/** Every route that needs a token. */
export const departmentRoutes = (dependencies: DepartmentDependencies) => ({
  ...caseRoutes(dependencies),
  ...deliveryRoutes(dependencies),
  ...bulletinRoutes(dependencies),
});

const described = (portalUrl: string) => ({
  ...openapi,
  servers: [{ url: `${portalUrl}/api/department/v1` }],
});

/** The API of departments' systems (R10.1). Its description needs no token. */
export const departmentApi = (
  dependencies: DepartmentDependencies,
  options: DepartmentOptions,
): ApiHandler => {
  const { admit, ...common } = options;
  const description = api(async () => ok(described(options.environment.PORTAL_URL)), {
    ...common,
    access: 'public',
  });
  const serve = chain(routes<DepartmentRequest>(departmentRoutes(dependencies)), {
    ...common,
    admit,
    // A system is no browser: it proves itself by its token, and no cookie could be abused.
    fromElsewhere: 'all',
  });
  return (event, context) => (event.routeKey === openapiRoute ? description : serve)(event, context);
};
