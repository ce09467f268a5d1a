/** What settling a file is made of, wherever it is settled. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../configuration.ts';
import { caseEvents } from '../storage/case-events.ts';
import { custodyBook } from '../storage/custody.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';

export const settling = (
  environment: Pick<Settings, 'ATTACHMENTS_TABLE' | 'CASES_TABLE' | 'DIGESTS_TABLE' | 'SEALING_KEY'>,
  client: DynamoDBDocumentClient,
) => {
  const { ATTACHMENTS_TABLE, CASES_TABLE: cases, DIGESTS_TABLE: digests } = environment;
  const sealer = kmsSealer(kmsClient(), environment.SEALING_KEY);
  return {
    sealer,
    custody: custodyBook({ client, table: ATTACHMENTS_TABLE }),
    events: caseEvents({ client, cases, digests, sealer }),
  };
};
