import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { readCity } from '../notifications/city.ts';
import { stylePolicy } from '../receipts/style-policy.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { exportMyData } from './export.ts';
import type { MyDataPage } from './page.tsx';
import { collecting, personalTables } from './wiring.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  ...personalTables,
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'CITY',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

/** Many want their data as data only: what draws the page is loaded with the first that is asked for. */
const render = async (page: MyDataPage) => (await import('./page.tsx')).renderMyData(page);

const client = documentClient();
const dependencies = {
  ...collecting(environment, client, kmsSealer(kmsClient(), environment.SEALING_KEY)),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  city: readCity(environment.CITY).name,
  page: { render, stylePolicy },
};

export const handler = api(request => exportMyData(request, dependencies), {
  access: 'session',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
