import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { folderReading } from '../storage/cases.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { erasure } from '../storage/erasure.ts';
import { holdings } from '../storage/holdings.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { removals } from '../storage/upload-removals.ts';
import { removeProfile } from './remove.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'CASES_TABLE',
  'DRAFTS_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'UPLOADS_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sessions = dynamodbSessions(client, environment.SESSIONS_TABLE);
const tables = {
  profiles: environment.PROFILES_TABLE,
  cases: environment.CASES_TABLE,
  drafts: environment.DRAFTS_TABLE,
  attachments: environment.ATTACHMENTS_TABLE,
  digests: environment.DIGESTS_TABLE,
  sessions: environment.SESSIONS_TABLE,
};

const dependencies = {
  cases: folderReading({ client, table: tables.cases }),
  holdings: holdings(client, tables),
  erasure: erasure(client, tables, removals(environment.UPLOADS_BUCKET)),
  sessions,
};

export const handler = api(request => removeProfile(request, dependencies), {
  access: 'registered',
  environment,
  sessions,
});
