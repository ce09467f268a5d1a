import { Construct } from 'constructs';
import type { Environment as AttachmentsEnvironment } from '../../lambdas/drafts/attachments.lambda.ts';
import type { Environment as DraftsEnvironment } from '../../lambdas/drafts/drafts.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { reading, writing } from '../table.ts';

/** Forms begun and not yet sent (R6.3), and the files that go with them (R6.6). */
export class Drafts extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { keys, tables, buckets } = ground;

    const drafts = new ApiFunction<DraftsEnvironment>(this, 'Drafts', ground, {
      bundle: 'drafts-drafts',
      routes: ['GET /api/drafts', 'GET /api/drafts/{id}', 'PUT /api/drafts/{id}', 'DELETE /api/drafts/{id}'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        DRAFTS_TABLE: tables.drafts.name,
        SEALING_KEY: keys.sealing.keyArn,
      },
    });
    tables.grantSession(drafts);
    tables.drafts.grant(drafts, [...reading, ...writing]);
    keys.grantSeal(drafts);

    const attachments = new ApiFunction<AttachmentsEnvironment>(this, 'Attachments', ground, {
      bundle: 'drafts-attachments',
      routes: ['POST /api/drafts/{id}/attachments', 'DELETE /api/drafts/{id}/attachments/{attachment}'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        DRAFTS_TABLE: tables.drafts.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
      },
    });
    tables.grantSession(attachments);
    tables.drafts.grant(attachments, [...reading, ...writing]);
    keys.grantSeal(attachments);
    buckets.uploads.grantPut(attachments, 'quarantine/*');
    buckets.uploads.grantDelete(attachments, 'quarantine/*');
  }
}
