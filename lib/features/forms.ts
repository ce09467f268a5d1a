import { Construct } from 'constructs';
import type { Environment as FormsEnvironment } from '../../lambdas/forms/forms.lambda.ts';
import type { Environment as PublishEnvironment } from '../../lambdas/forms/publish.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { PortalFunction } from '../portal-function.ts';
import { byExpiry } from '../tables.ts';

/** Definitions of forms (R6): read by everybody, published by the city. */
export class Forms extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { keys, tables, buckets } = ground;

    const forms = new ApiFunction<FormsEnvironment>(this, 'Forms', ground, {
      bundle: 'forms-forms',
      routes: ['GET /api/forms/{id}', 'GET /api/forms/{id}/availability'],
      environment: { CONTENT_BUCKET: buckets.content.name },
    });
    buckets.content.grantGet(forms, 'forms/*');
    buckets.content.grantList(forms);

    const publish = new PortalFunction<PublishEnvironment>(this, 'Publish', {
      bundle: 'forms-publish',
      environment: {
        CONTENT_BUCKET: buckets.content.name,
        DRAFTS_TABLE: tables.drafts.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
      keys,
      // It looks into every live draft of the form for what a new version would lose.
      timeoutSeconds: 900,
      memoryMegabytes: 512,
    });
    buckets.content.grantGet(publish, 'forms/*');
    buckets.content.grantPut(publish, 'forms/*', 'services/published/*');
    buckets.content.grantList(publish);
    tables.drafts.grantQueryIndex(publish, byExpiry);
    tables.drafts.grant(publish, ['GetItem'], ['OWNER#*']);
    keys.grantOpen(publish);
  }
}
