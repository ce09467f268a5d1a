import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { accessLogReading } from '../storage/access-log.ts';
import { folderReading } from '../storage/cases.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { serveEntries } from './entries.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const serve = serveEntries({
  log: accessLogReading({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  cases: folderReading({ client, table: environment.CASES_TABLE }),
  prefix: environment.CASE_PREFIX,
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
