import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { folder } from '../storage/folder.ts';
import { seen } from '../storage/seen.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { listCases } from './folder.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const table = { client, table: environment.CASES_TABLE };
const dependencies = { folder: folder(table), seen: seen(table), prefix: environment.CASE_PREFIX };

export const handler = api(request => listCases(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
