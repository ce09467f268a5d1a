import { Construct } from 'constructs';
import type { Environment } from '../../lambdas/http/not-found.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Whatever has no route of its own: a problem under `/api/`, a page elsewhere. */
export class NotFound extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const notFound = new ApiFunction<Environment>(this, 'NotFound', ground, {
      bundle: 'http-not-found',
      routes: [],
      environment: {},
    });
    ground.api.routeOthers(notFound);
  }
}
