import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { readCity } from '../notifications/city.ts';
import { renderReceipt, stylePolicy } from '../receipts/page.tsx';
import { accessLog } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { cases } from '../storage/cases.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { receiptKeys } from '../storage/receipt-keys.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { seen } from '../storage/seen.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { getBundle } from './bundle.ts';
import { renderCasePage } from './case-page.tsx';

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

const client = documentClient();
const kms = kmsClient();
const sealer = kmsSealer(kms, environment.SEALING_KEY);
const table = { client, table: environment.CASES_TABLE };

const dependencies = {
  cases: cases({ ...table, sealer }),
  seen: seen(table),
  courses: courses(table),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  keys: receiptKeys({ ...table, kms, keyId: environment.RECEIPT_KEY }),
  prefix: environment.CASE_PREFIX,
  city: readCity(environment.CITY).name,
  portalUrl: environment.PORTAL_URL,
  page: { render: renderReceipt, stylePolicy },
  renderCase: renderCasePage,
};

export const handler = api(request => getBundle(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
