import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { removeProfile } from './remove.ts';
import { personalTables, removing } from './wiring.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  ...personalTables,
  'UPLOADS_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const dependencies = removing(environment, client);

export const handler = api(request => removeProfile(request, dependencies), {
  access: 'session',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
