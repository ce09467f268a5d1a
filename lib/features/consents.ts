import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/consents/consents.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Whether a consent form has been sent, for the forms that ask for one first (R6.8). */
export class Consents extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { tables } = ground;
    const consents = new ApiFunction<Environment>(this, 'Consents', ground, {
      bundle: 'consents-consents',
      routes: ['GET /api/consents/{form}'],
      environment: { SESSIONS_TABLE: tables.sessions.name, CASES_TABLE: tables.cases.name },
    });
    tables.grantSession(consents);
    tables.cases.grant(consents, ['GetItem'], ['OWNER#*']);
  }
}
