import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { forms } from '../storage/forms.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { s3Client } from '../storage/s3-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { invitations } from '../storage/upload-invitations.ts';
import { removals } from '../storage/upload-removals.ts';
import { serveAttachments } from './attachments.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'DRAFTS_TABLE',
  'ATTACHMENTS_TABLE',
  'SEALING_KEY',
  'CONTENT_BUCKET',
  'UPLOADS_BUCKET',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const s3 = s3Client();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const serve = serveAttachments({
  attachments: attachments({
    client,
    table: environment.ATTACHMENTS_TABLE,
    drafts: environment.DRAFTS_TABLE,
    sealer,
  }),
  forms: forms(s3, environment.CONTENT_BUCKET),
  uploads: {
    ...invitations(s3, environment.UPLOADS_BUCKET),
    ...removals(environment.UPLOADS_BUCKET, s3),
  },
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
