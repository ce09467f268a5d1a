import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { forms } from '../storage/forms.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { submissions } from '../storage/submissions.ts';
import { uploads } from '../storage/uploads.ts';
import { submitCase } from './submit.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'CASES_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const s3 = new S3Client({});
const sealer = kmsSealer(new KMSClient({}), environment.SEALING_KEY);

const dependencies = {
  submissions: submissions({
    client,
    cases: environment.CASES_TABLE,
    drafts: environment.DRAFTS_TABLE,
    prefix: environment.CASE_PREFIX,
    sealer,
  }),
  forms: forms(s3, environment.CONTENT_BUCKET),
  attachments: attachments({ client, table: environment.DRAFTS_TABLE, sealer }),
  uploads: uploads(s3, environment.UPLOADS_BUCKET),
};

export const handler = api(request => submitCase(request, dependencies), {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
