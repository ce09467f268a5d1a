import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { readCity } from '../notifications/city.ts';
import { accessLog } from '../storage/access-log.ts';
import { cases } from '../storage/cases.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { receiptKeys } from '../storage/receipt-keys.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { sentFacts } from '../storage/sent-facts.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { renderReceipt, stylePolicy } from './page.tsx';
import { getReceipt } from './receipt.ts';

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
const kms = kmsClient();
const sealer = kmsSealer(kms, environment.SEALING_KEY);

const dependencies = {
  cases: cases({ client, table: environment.CASES_TABLE, sealer }),
  facts: sentFacts({ client, table: environment.DRAFTS_TABLE, sealer }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  keys: receiptKeys({ client, table: environment.CASES_TABLE, kms, keyId: environment.RECEIPT_KEY }),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  prefix: environment.CASE_PREFIX,
  city: readCity(environment.CITY).name,
  portalUrl: environment.PORTAL_URL,
  page: { render: renderReceipt, stylePolicy },
};

export const handler = api(request => getReceipt(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
