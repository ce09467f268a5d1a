import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { configuration } from '../configuration.ts';
import type { Language } from '../domain/language.ts';
import { digestTexts } from '../notifications/digest.ts';
import { logRun, timeWithin } from '../notifications/run.ts';
import { writing, writingSettings } from '../notifications/wiring.ts';
import { caseNotices } from '../storage/case-notices.ts';
import { folderReading } from '../storage/cases.ts';
import { digests } from '../storage/digests.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { sendDigests } from './send.ts';

const environment = configuration('DIGESTS_TABLE', 'CASES_TABLE', ...writingSettings);
export type Environment = typeof environment;

const client = documentClient();
const { city, ...people } = writing(environment, client);

const dependencies = {
  ...people,
  digests: digests({ client, table: environment.DIGESTS_TABLE }),
  cases: folderReading({ client, table: environment.CASES_TABLE }),
  texts: (language: Language) => digestTexts(language, city, environment.PORTAL_URL),
  notices: caseNotices({ client, table: environment.CASES_TABLE }),
  now: Date.now,
};

const task = z.object({ shard: z.string(), at: z.number(), plannedAt: z.number() });

/** Batches of one. A shard with something left comes back by the queue and finds what still waits. */
export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  const hasTime = timeWithin(context);
  for (const { messageId, body } of Records) {
    const { shard, at, plannedAt } = task.parse(JSON.parse(body));
    const summary = await sendDigests({ shard, at, plannedAt }, { ...dependencies, hasTime });
    logRun({ digest: shard, ...summary });
    if (summary.failed + summary.left > 0) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
