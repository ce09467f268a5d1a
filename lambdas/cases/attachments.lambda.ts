import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { accessLog } from '../storage/access-log.ts';
import { attachments } from '../storage/attachments.ts';
import { caseEvents } from '../storage/case-events.ts';
import { cases } from '../storage/cases.ts';
import { custodyBook } from '../storage/custody.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { quarantine } from '../storage/quarantine.ts';
import { s3Client } from '../storage/s3-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { arrivals } from '../storage/upload-arrivals.ts';
import { invitations } from '../storage/upload-invitations.ts';
import { removals } from '../storage/upload-removals.ts';
import { serveCaseAttachments } from './attachments.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'ACCESS_LOG_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const s3 = s3Client();
const bucket = environment.UPLOADS_BUCKET;
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const serve = serveCaseAttachments({
  cases: cases({ client, table: environment.CASES_TABLE, sealer }),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  custody: custodyBook({ client, table: environment.ATTACHMENTS_TABLE }),
  quarantine: quarantine(s3, bucket),
  events: caseEvents({ client, cases: environment.CASES_TABLE, digests: environment.DIGESTS_TABLE, sealer }),
  uploads: { ...invitations(s3, bucket), ...arrivals(bucket, s3), ...removals(bucket, s3) },
  log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
  sealer,
  prefix: environment.CASE_PREFIX,
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
