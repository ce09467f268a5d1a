import { configuration } from '../configuration.ts';
import { caseEvents } from '../storage/case-events.ts';
import { custodyBook } from '../storage/custody.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { quarantine } from '../storage/quarantine.ts';
import { s3Client } from '../storage/s3-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { hearVerdict } from './verdict.ts';

const environment = configuration(
  'ATTACHMENTS_TABLE',
  'CASES_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
);
export type Environment = typeof environment;

const client = documentClient();
const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);

const dependencies = {
  custody: custodyBook({ client, table: environment.ATTACHMENTS_TABLE }),
  quarantine: quarantine(s3Client(), environment.UPLOADS_BUCKET),
  events: caseEvents({ client, cases: environment.CASES_TABLE, digests: environment.DIGESTS_TABLE, sealer }),
  sealer,
  now: Date.now,
  log: (line: object) => console.log(JSON.stringify(line)),
};

/** Called by EventBridge. What fails is tried again, and looked after when it is overdue. */
export const handler = (event: unknown) => hearVerdict(event, dependencies);
