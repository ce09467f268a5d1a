import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { consents } from '../storage/consents.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { getConsent } from './consents.ts';

const environment = configuration('SESSIONS_TABLE', 'CASES_TABLE', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const client = documentClient();
const dependencies = { consents: consents({ client, table: environment.CASES_TABLE }) };

export const handler = api(request => getConsent(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
