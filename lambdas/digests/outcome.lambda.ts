import { configuration } from '../configuration.ts';
import { caseNotices, toldOf } from '../storage/case-notices.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { noteOutcome } from './outcome.ts';

const environment = configuration('DIGESTS_TABLE', 'CASES_TABLE');
export type Environment = typeof environment;

const client = documentClient();
const dependencies = {
  toldOf: toldOf({ client, table: environment.DIGESTS_TABLE }),
  notices: caseNotices({ client, table: environment.CASES_TABLE }),
};

export const handler = (event: unknown) => noteOutcome(event, dependencies);
