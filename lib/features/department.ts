import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/department/department.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { DepartmentClients } from '../department-clients.ts';
import type { Ground } from '../ground.ts';
import { reading, writing } from '../table.ts';
import { byService } from '../tables.ts';

/** The API of departments' systems (R10.1). */
export class Department extends Construct {
  constructor(scope: Construct, id: string, ground: Ground & { readonly clients: DepartmentClients }) {
    super(scope, id);
    const { stage, keys, tables, buckets, clients } = ground;

    const department = new ApiFunction<Environment>(this, 'Department', ground, {
      bundle: 'department-department',
      routes: [
        'GET /api/department/v1/cases',
        'GET /api/department/v1/cases/{caseNumber}',
        'GET /api/department/v1/cases/{caseNumber}/attachments/{id}',
        'POST /api/department/v1/cases/{caseNumber}/events',
        'GET /api/department/v1/deliveries',
        'GET /api/department/v1/deliveries/{id}',
        'POST /api/department/v1/deliveries/{id}/acknowledgement',
        'GET /api/department/v1/bulletins',
        'PUT /api/department/v1/bulletins/{id}',
        'DELETE /api/department/v1/bulletins/{id}',
        'GET /api/department/v1/openapi.json',
      ],
      environment: {
        CASES_TABLE: tables.cases.name,
        DELIVERIES_TABLE: tables.deliveries.name,
        DIGESTS_TABLE: tables.digests.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        CATALOGUE_TABLE: tables.catalogue.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
        CASE_PREFIX: stage.city.casePrefix,
        DEPARTMENT_ISSUER: clients.issuer,
        DEPARTMENT_JWKS: clients.keySet,
        DEPARTMENT_CLIENTS: clients.directory,
      },
    });
    tables.cases.grant(department, [...reading, ...writing]);
    tables.deliveries.grant(department, ['GetItem', 'Query', 'DeleteItem'], ['DELIVERIES#*']);
    tables.cases.grantQueryIndex(department, byService);
    tables.digests.grant(department, writing, ['SHARD#*']);
    tables.catalogue.grant(department, ['Query', 'PutItem', 'DeleteItem'], ['BULLETIN']);
    tables.grantLog(department);
    keys.grantSeal(department);
    tables.attachments.grant(department, ['Query', 'UpdateItem'], ['OWNER#*']);
    // Never what is in quarantine: an address of that could not even be signed.
    buckets.uploads.grantGet(department, 'clean/*');
  }
}
