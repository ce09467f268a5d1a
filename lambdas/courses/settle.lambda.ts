import { configuration } from '../configuration.ts';
import { caseEvents } from '../storage/case-events.ts';
import { courseSettling, type Settled } from '../storage/course-settling.ts';
import { courses } from '../storage/courses.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { kmsSealer } from '../storage/sealing.ts';
import { settleCourses } from './settle.ts';

const environment = configuration('CASES_TABLE', 'DIGESTS_TABLE', 'SEALING_KEY', 'CONTENT_BUCKET');
export type Environment = typeof environment;

const client = documentClient();
const table = { client, table: environment.CASES_TABLE };

const dependencies = {
  settling: courseSettling(table, {
    courses: courses(table),
    events: caseEvents({
      client,
      cases: environment.CASES_TABLE,
      digests: environment.DIGESTS_TABLE,
      sealer: kmsSealer(kmsClient(), environment.SEALING_KEY),
    }),
  }),
  forms: formsOnDemand(environment.CONTENT_BUCKET),
};

/** Invoked by the schedule. */
export const handler = (): Promise<Settled> => settleCourses(Date.now(), dependencies);
