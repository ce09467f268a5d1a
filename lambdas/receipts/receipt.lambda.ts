import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { sentFacts } from '../storage/sent-facts.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { getReceipt } from './receipt.ts';
import { receipting } from './wiring.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'DRAFTS_TABLE',
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

const client = documentClient();
const { sealer, ...receipts } = receipting(environment, client);
const dependencies = {
  ...receipts,
  facts: sentFacts({ client, table: environment.DRAFTS_TABLE, sealer }),
};

export const handler = api(request => getReceipt(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
