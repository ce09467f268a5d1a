import { Construct } from 'constructs';
import type { Environment as BulletinsEnvironment } from '../../lambdas/bulletins/bulletins.lambda.ts';
import type { Environment as OpeningsEnvironment } from '../../lambdas/openings/openings.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** What front pages show and no build knows: bulletins (R5.3) and popular services (R5.4). */
export class Announcements extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { tables, buckets } = ground;

    const bulletins = new ApiFunction<BulletinsEnvironment>(this, 'Bulletins', ground, {
      bundle: 'bulletins-bulletins',
      routes: ['GET /api/bulletins'],
      environment: { CATALOGUE_TABLE: tables.catalogue.name },
    });
    tables.catalogue.grant(bulletins, ['Query'], ['BULLETIN']);

    const openings = new ApiFunction<OpeningsEnvironment>(this, 'Openings', ground, {
      bundle: 'openings-openings',
      routes: ['POST /api/services/{id}/openings', 'GET /api/popular-services'],
      environment: { CATALOGUE_TABLE: tables.catalogue.name, CONTENT_BUCKET: buckets.content.name },
    });
    tables.catalogue.grant(openings, ['Query', 'UpdateItem'], ['OPENINGS#*']);
    buckets.content.grantGet(openings, 'catalogue/*');
    buckets.content.grantList(openings);
  }
}
