/** What the files of a sent case are made of, added by themselves or with an answer. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { settling } from '../attachments/wiring.ts';
import type { Settings } from '../configuration.ts';
import { attachments } from '../storage/attachments.ts';
import { cases } from '../storage/cases.ts';

export const caseFiles = (
  environment: Pick<
    Settings,
    'ATTACHMENTS_TABLE' | 'CASES_TABLE' | 'DIGESTS_TABLE' | 'SEALING_KEY' | 'CASE_PREFIX'
  >,
  client: DynamoDBDocumentClient,
) => {
  const parts = settling(environment, client);
  const { sealer } = parts;
  return {
    ...parts,
    cases: cases({ client, table: environment.CASES_TABLE, sealer }),
    attachments: attachments({ client, table: environment.ATTACHMENTS_TABLE, sealer }),
    prefix: environment.CASE_PREFIX,
  };
};
