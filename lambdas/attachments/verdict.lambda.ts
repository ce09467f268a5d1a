import { configuration } from '../configuration.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { quarantine } from '../storage/quarantine.ts';
import { s3Client } from '../storage/s3-client.ts';
import { hearVerdict } from './verdict.ts';
import { settling } from './wiring.ts';

const environment = configuration(
  'ATTACHMENTS_TABLE',
  'CASES_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
);
export type Environment = typeof environment;

const dependencies = {
  ...settling(environment, documentClient()),
  quarantine: quarantine(s3Client(), environment.UPLOADS_BUCKET),
  now: Date.now,
  log: (line: object) => console.log(JSON.stringify(line)),
};

/** Called by EventBridge. What fails is tried again, and looked after when it is overdue. */
export const handler = (event: unknown) => hearVerdict(event, dependencies);
