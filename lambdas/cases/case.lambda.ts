import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { accessLog } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { cases } from '../storage/cases.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { seen } from '../storage/seen.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { serveCase } from './case.ts';
import { formIsOpen } from './form-in-use.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const table = { client, table: environment.CASES_TABLE };

const serve = serveCase({
  cases: cases({ ...table, sealer }),
  courses: courses(table),
  seen: seen(table),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  isFormOpen: formIsOpen(environment.PORTAL_URL),
  prefix: environment.CASE_PREFIX,
  portalUrl: environment.PORTAL_URL,
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
