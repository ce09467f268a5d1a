import { configuration } from '../configuration.ts';
import { accessLog } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { bulletins } from '../storage/bulletins.ts';
import { caseEvents } from '../storage/case-events.ts';
import { registeredServices, whoseNumber } from '../storage/case-numbers.ts';
import { caseload } from '../storage/caseload.ts';
import { cases } from '../storage/cases.ts';
import { courses } from '../storage/courses.ts';
import { custodyBook } from '../storage/custody.ts';
import { deliveries } from '../storage/deliveries.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { releasesOnDemand } from '../storage/uploads-on-demand.ts';
import { departmentAccess } from './access.ts';
import { departmentApi } from './department.ts';

const environment = configuration(
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'DELIVERIES_TABLE',
  'DIGESTS_TABLE',
  'CATALOGUE_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'DEPARTMENT_ISSUER',
  'DEPARTMENT_JWKS',
  'DEPARTMENT_CLIENTS',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const table = { client, table: environment.CASES_TABLE };

const dependencies = {
  cases: cases({ ...table, sealer }),
  caseload: caseload(table),
  courses: courses(table),
  deliveries: deliveries({
    client,
    table: environment.DELIVERIES_TABLE,
    cases: environment.CASES_TABLE,
    sealer,
  }),
  events: caseEvents({
    client,
    cases: environment.CASES_TABLE,
    digests: environment.DIGESTS_TABLE,
    sealer,
  }),
  bulletins: bulletins({ client, table: environment.CATALOGUE_TABLE }),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  custody: custodyBook({ client, table: environment.ATTACHMENTS_TABLE }),
  uploads: releasesOnDemand(environment.UPLOADS_BUCKET),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  whose: (caseNumber: string) => whoseNumber(table, caseNumber),
  registeredServices: () => registeredServices(table),
  prefix: environment.CASE_PREFIX,
};

export const handler = departmentApi(dependencies, {
  environment,
  admit: departmentAccess({
    issuer: environment.DEPARTMENT_ISSUER,
    jwksUri: environment.DEPARTMENT_JWKS,
    clients: environment.DEPARTMENT_CLIENTS,
  }),
});
