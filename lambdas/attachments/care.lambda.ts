import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { configuration } from '../configuration.ts';
import { draftKey, readDraft } from '../storage/draft-rows.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { quarantine } from '../storage/quarantine.ts';
import { s3Client } from '../storage/s3-client.ts';
import { type CareSummary, careForAttachments } from './care.ts';
import { metricLine } from './overdue-metric.ts';
import { settling } from './wiring.ts';

const environment = configuration(
  'ATTACHMENTS_TABLE',
  'DRAFTS_TABLE',
  'CASES_TABLE',
  'DIGESTS_TABLE',
  'SEALING_KEY',
  'UPLOADS_BUCKET',
);
export type Environment = typeof environment;

const client = documentClient();

const dependencies = {
  ...settling(environment, client),
  quarantine: quarantine(s3Client(), environment.UPLOADS_BUCKET),
  log: (line: object) => console.log(JSON.stringify(line)),
  isDraft: async (owner: string, id: string, now: number) => {
    const { Item } = await client.send(
      new GetCommand({
        TableName: environment.DRAFTS_TABLE,
        Key: draftKey({ owner, id }),
        ConsistentRead: true,
      }),
    );
    return readDraft(Item, now) !== undefined;
  },
};

/** Called by the schedule. Fails, and so rings the function's alarm, when a file could not be looked after. */
export const handler = async (): Promise<CareSummary> => {
  const now = Date.now();
  const summary = await careForAttachments(dependencies, now);
  console.log(metricLine(summary, now));
  if (summary.failed > 0) throw new Error(`${summary.failed} files could not be looked after`);
  return summary;
};
