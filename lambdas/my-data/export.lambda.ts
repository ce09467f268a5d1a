import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { readCity } from '../notifications/digest.ts';
import { stylePolicy } from '../receipts/page.tsx';
import { accessLogReading } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { cases } from '../storage/cases.ts';
import { consents } from '../storage/consents.ts';
import { courses } from '../storage/courses.ts';
import { drafts } from '../storage/drafts.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { sentNotices } from '../storage/notices.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { seen } from '../storage/seen.ts';
import { sentFacts } from '../storage/sent-facts.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { exportMyData } from './export.ts';
import { renderMyData } from './page.tsx';

const environment = configuration(
  'SESSIONS_TABLE',
  'PROFILES_TABLE',
  'CASES_TABLE',
  'DRAFTS_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'CITY',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const table = { client, table: environment.CASES_TABLE };
const draftsTable = { client, table: environment.DRAFTS_TABLE, sealer };

const dependencies = {
  profiles: dynamodbProfiles(client, environment.PROFILES_TABLE, sealer),
  cases: cases({ ...table, sealer }),
  seen: seen(table),
  courses: courses(table),
  consents: consents(table),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  drafts: drafts(draftsTable),
  facts: sentFacts(draftsTable),
  notices: sentNotices({ client, table: environment.DIGESTS_TABLE }),
  accessLog: accessLogReading({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  city: readCity(environment.CITY).name,
  page: { render: renderMyData, stylePolicy },
};

export const handler = api(request => exportMyData(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
