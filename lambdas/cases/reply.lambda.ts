import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { attachments } from '../storage/attachments.ts';
import { caseEvents } from '../storage/case-events.ts';
import { cases } from '../storage/cases.ts';
import { custodyBook } from '../storage/custody.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { replyDrafts } from '../storage/reply-drafts.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { dynamodbSessions } from '../storage/sessions.ts';
import { arrivalsOnDemand, removalsFromQuarantineOnDemand } from '../storage/uploads-on-demand.ts';
import { serveReplies } from './reply.ts';

const environment = configuration(
  'SESSIONS_TABLE',
  'CASES_TABLE',
  'ATTACHMENTS_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
  'CASE_PREFIX',
  'PORTAL_URL',
  'ORIGIN_SECRET',
);
export type Environment = typeof environment;

const client = documentClient();
const bucket = environment.UPLOADS_BUCKET;
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const store = { client, table: environment.CASES_TABLE, sealer };

const serve = serveReplies({
  cases: cases(store),
  drafts: replyDrafts(store),
  events: caseEvents({ client, cases: environment.CASES_TABLE, digests: environment.DIGESTS_TABLE, sealer }),
  attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
  custody: custodyBook({ client, table: environment.ATTACHMENTS_TABLE }),
  quarantine: removalsFromQuarantineOnDemand(bucket),
  uploads: arrivalsOnDemand(bucket),
  sealer,
  prefix: environment.CASE_PREFIX,
});

export const handler = api(serve, {
  access: 'registered',
  environment,
  sessions: dynamodbSessions(client, environment.SESSIONS_TABLE),
});
