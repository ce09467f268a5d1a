import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { configuration } from '../configuration.ts';
import { readCity } from '../notifications/city.ts';
import { digestTexts } from '../notifications/digest.ts';
import { inTheBackground, senders } from '../notifications/senders.ts';
import { caseNotices } from '../storage/case-notices.ts';
import { folderReading } from '../storage/cases.ts';
import { digests } from '../storage/digests.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { dynamodbProfiles } from '../storage/profiles.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { sendDigests } from './send.ts';

const environment = configuration(
  'DIGESTS_TABLE',
  'PROFILES_TABLE',
  'CASES_TABLE',
  'SEALING_KEY',
  'EMAIL_FROM',
  'SMS_SENDER_ID',
  'CITY',
  'PORTAL_URL',
);
export type Environment = typeof environment;

const client = documentClient();
const city = readCity(environment.CITY);
const people = dynamodbProfiles(
  client,
  environment.PROFILES_TABLE,
  kmsSealer(kmsClient(), environment.SEALING_KEY),
);

const dependencies = {
  digests: digests({ client, table: environment.DIGESTS_TABLE }),
  cases: folderReading({ client, table: environment.CASES_TABLE }),
  profile: (owner: string) => people.get(owner),
  texts: (language: 'fi' | 'sv' | 'en') => digestTexts(language, city, environment.PORTAL_URL),
  notify: senders(
    { emailFrom: environment.EMAIL_FROM, smsSenderId: environment.SMS_SENDER_ID },
    inTheBackground,
  ),
  notices: caseNotices({ client, table: environment.CASES_TABLE }),
  now: Date.now,
};

const task = z.object({ shard: z.string(), at: z.number(), plannedAt: z.number() });

/** Milliseconds kept back for the digest under way. */
const reserve = 20_000;

/** Batches of one. A shard with something left comes back by the queue and finds what still waits. */
export const handler = async ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  const hasTime = () => context.getRemainingTimeInMillis() > reserve;
  for (const { messageId, body } of Records) {
    const { shard, at, plannedAt } = task.parse(JSON.parse(body));
    const summary = await sendDigests({ shard, at, plannedAt }, { ...dependencies, hasTime });
    console.log(JSON.stringify({ at: new Date().toISOString(), level: 'info', digest: shard, ...summary }));
    if (summary.failed + summary.left > 0) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
