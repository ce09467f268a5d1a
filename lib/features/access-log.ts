import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/access-log/entries.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { byCase } from '../tables.ts';

/** Who has looked at one's cases and who has signed in: the one function that may read the log, and it cannot write there. */
export class AccessLog extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables } = ground;

    const entries = new ApiFunction<Environment>(this, 'Entries', ground, {
      bundle: 'access-log-entries',
      routes: ['GET /api/readings', 'GET /api/cases/{caseNumber}/readings', 'GET /api/sign-ins'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(entries);
    tables.cases.grant(entries, ['GetItem'], ['OWNER#*']);
    tables.accessLog.grant(entries, ['Query'], ['OWNER#*']);
    tables.accessLog.grantQueryIndex(entries, byCase);
    keys.grantOpen(entries);
  }
}
