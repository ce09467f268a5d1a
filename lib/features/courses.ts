import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment as LeaveEnvironment } from '../../lambdas/courses/leave.lambda.ts';
import type { Environment as PlacesEnvironment } from '../../lambdas/courses/places.lambda.ts';
import type { Environment as SettleEnvironment } from '../../lambdas/courses/settle.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { PortalFunction } from '../portal-function.ts';
import { every, ScheduledRun } from '../scheduled-run.ts';
import { reading, writing } from '../table.ts';

/** Places of courses (R6.6): how many there are, giving one up, and who gets it then. */
export class Courses extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, buckets } = ground;

    const places = new ApiFunction<PlacesEnvironment>(this, 'Places', ground, {
      bundle: 'courses-places',
      routes: ['GET /api/forms/{id}/places'],
      environment: { CASES_TABLE: tables.cases.name, CONTENT_BUCKET: buckets.content.name },
    });
    tables.cases.grant(places, ['GetItem'], ['COURSE#*']);

    const leave = new ApiFunction<LeaveEnvironment>(this, 'Leave', ground, {
      bundle: 'courses-leave',
      routes: ['POST /api/cases/{caseNumber}/cancellation'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        DRAFTS_TABLE: tables.drafts.name,
        DIGESTS_TABLE: tables.digests.name,
        SEALING_KEY: keys.sealing.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(leave);
    // A change that was begun goes with the case.
    tables.drafts.grant(leave, ['DeleteItem'], ['OWNER#*']);

    const settle = new PortalFunction<SettleEnvironment>(this, 'Settle', {
      bundle: 'courses-settle',
      environment: {
        CASES_TABLE: tables.cases.name,
        DIGESTS_TABLE: tables.digests.name,
        SEALING_KEY: keys.sealing.keyArn,
        CONTENT_BUCKET: buckets.content.name,
      },
      keys,
      timeoutSeconds: 120,
      memoryMegabytes: 512,
    });
    new ScheduledRun(this, 'EveryFiveMinutes', { ...every(Duration.minutes(5)), target: settle });
    tables.cases.grant(settle, ['Query'], ['COURSES']);

    for (const mover of [leave, settle]) {
      tables.cases.grant(mover, [...reading, ...writing], ['OWNER#*', 'CASE#*', 'COURSE#*']);
      tables.digests.grant(mover, ['UpdateItem'], ['SHARD#*']);
      keys.grantSeal(mover);
    }
    for (const reader of [places, leave, settle]) {
      buckets.content.grantGet(reader, 'forms/*');
      buckets.content.grantList(reader);
    }
  }
}
