import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { receipting } from '../receipts/wiring.ts';
import { attachments } from '../storage/attachments.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { seen } from '../storage/seen.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { getBundle } from './bundle.ts';
import type { CasePage } from './case-page.tsx';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'RECEIPT_KEY',
  'CONTENT_BUCKET',
  'CASE_PREFIX',
  'CITY',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

/** Loaded with the first bundle that is asked for. */
const renderCase = async (page: CasePage) => (await import('./case-page.tsx')).renderCasePage(page);

const client = documentClient();
const { sealer, ...receipts } = receipting(environment, client);
const table = { client, table: environment.CASES_TABLE };
const dependencies = {
  ...receipts,
  seen: seen(table),
  courses: courses(table),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  renderCase,
};

export const handler = api(request => getBundle(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
