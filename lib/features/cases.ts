import { Construct } from 'constructs';
import type { Environment as CaseEnvironment } from '../../lambdas/cases/case.lambda.ts';
import type { Environment as FolderEnvironment } from '../../lambdas/cases/folder.lambda.ts';
import type { Environment as ReplyEnvironment } from '../../lambdas/cases/reply.lambda.ts';
import type { Environment as SubmitEnvironment } from '../../lambdas/cases/submit.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { reading, writing } from '../table.ts';
import { byEvent, byWait } from '../tables.ts';

/** Sending a form and following it in the folder (R6.4, R7, R8). */
export class Cases extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, buckets } = ground;

    const submit = new ApiFunction<SubmitEnvironment>(this, 'Submit', ground, {
      bundle: 'cases-submit',
      routes: ['POST /api/cases'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        DRAFTS_TABLE: tables.drafts.name,
        CASES_TABLE: tables.cases.name,
        DELIVERIES_TABLE: tables.deliveries.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        SEALING_KEY: keys.sealing.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        UPLOADS_BUCKET: buckets.uploads.name,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(submit);
    tables.drafts.grant(submit, [...reading, ...writing]);
    tables.cases.grant(submit, [...reading, ...writing]);
    tables.deliveries.grant(submit, ['PutItem'], ['DELIVERIES#*']);
    tables.attachments.grant(submit, ['Query', 'UpdateItem'], ['OWNER#*']);
    keys.grantSeal(submit);
    buckets.content.grantGet(submit, 'forms/*');
    buckets.content.grantList(submit);
    buckets.uploads.grantGet(submit, 'quarantine/*');

    const folder = new ApiFunction<FolderEnvironment>(this, 'Folder', ground, {
      bundle: 'cases-folder',
      routes: ['GET /api/cases'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(folder);
    // Headers and marks: what a case contains is out of the folder's reach.
    tables.cases.grant(folder, [...reading, 'BatchGetItem'], ['OWNER#*', 'SEEN#*', 'CARD#*']);
    // Its copy of a large folder's list, made anew when much has changed.
    tables.cases.grant(folder, ['PutItem'], ['CARD#*']);
    tables.cases.grantQueryIndex(folder, byEvent, ['OWNER#*']);
    tables.cases.grantQueryIndex(folder, byWait, ['OWNER#*']);

    const one = new ApiFunction<CaseEnvironment>(this, 'Case', ground, {
      bundle: 'cases-case',
      routes: [
        'GET /api/cases/{caseNumber}',
        'PUT /api/cases/{caseNumber}/seen',
        'GET /api/cases/{caseNumber}/events/{event}/calendar',
      ],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(one);
    tables.attachments.grant(one, ['Query'], ['OWNER#*']);
    tables.cases.grant(one, [...reading, ...writing], ['OWNER#*', 'CASE#*', 'SEEN#*']);
    tables.cases.grant(one, ['GetItem'], ['COURSE#*']);
    tables.grantLog(one);
    keys.grantSeal(one);

    this.replies(ground);
  }

  /** Answers to officials, with files (R8). */
  private replies(ground: Ground): void {
    const { stage, keys, tables, buckets } = ground;
    const replies = new ApiFunction<ReplyEnvironment>(this, 'Reply', ground, {
      bundle: 'cases-reply',
      routes: ['POST /api/cases/{caseNumber}/messages', 'PUT /api/cases/{caseNumber}/messages/draft'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        DIGESTS_TABLE: tables.digests.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(replies);
    tables.cases.grant(replies, [...reading, ...writing], ['OWNER#*', 'CASE#*']);
    tables.attachments.grant(replies, ['GetItem', 'Query', 'UpdateItem'], ['OWNER#*']);
    tables.digests.grant(replies, ['UpdateItem'], ['SHARD#*']);
    keys.grantSeal(replies);
    buckets.uploads.grantGet(replies, 'quarantine/*');
    buckets.uploads.grantDelete(replies, 'quarantine/*', 'clean/*');
  }
}
