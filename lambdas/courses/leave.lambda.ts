import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { caseEvents } from '../storage/case-events.ts';
import { cases } from '../storage/cases.ts';
import { courseSettling } from '../storage/course-settling.ts';
import { courses } from '../storage/courses.ts';
import { drafts } from '../storage/drafts.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { cancelCase } from './leave.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'DRAFTS_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const table = { client, table: environment.CASES_TABLE };
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
const events = caseEvents({
  client,
  cases: environment.CASES_TABLE,
  digests: environment.DIGESTS_TABLE,
  sealer,
});

const dependencies = {
  cases: cases({ ...table, sealer }),
  events,
  drafts: drafts({ client, table: environment.DRAFTS_TABLE, sealer }),
  settling: courseSettling(table, { courses: courses(table), events }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  prefix: environment.CASE_PREFIX,
};

export const handler = api(request => cancelCase(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
