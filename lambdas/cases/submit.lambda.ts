import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { amendedWriter } from '../storage/amendments.ts';
import { attachments } from '../storage/attachments.ts';
import { caseEvents } from '../storage/case-events.ts';
import { cases } from '../storage/cases.ts';
import { consents } from '../storage/consents.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { submissions } from '../storage/submissions.ts';
import { arrivalsOnDemand } from '../storage/uploads-on-demand.ts';
import { submitCase } from './submit.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'ATTACHMENTS_TABLE',
  'CASES_TABLE',
  'DELIVERIES_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const sending = submissions({
  client,
  cases: environment.CASES_TABLE,
  drafts: environment.DRAFTS_TABLE,
  attachments: environment.ATTACHMENTS_TABLE,
  deliveries: environment.DELIVERIES_TABLE,
  prefix: environment.CASE_PREFIX,
  sealer,
  courses: courses({ client, table: environment.CASES_TABLE }),
});

const dependencies = {
  submissions: sending,
  amending: {
    cases: cases({ client, table: environment.CASES_TABLE, sealer }),
    events: caseEvents({ client, cases: environment.CASES_TABLE, sealer }),
    submissions: sending,
    writeVersion: amendedWriter({ cases: environment.CASES_TABLE, sealer }),
  },
  consents: consents({ client, table: environment.CASES_TABLE }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  uploads: arrivalsOnDemand(environment.UPLOADS_BUCKET),
};

export const handler = api(request => submitCase(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
