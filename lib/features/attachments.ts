import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Environment as CareEnvironment } from '../../lambdas/attachments/care.lambda.ts';
import { overdueMetric } from '../../lambdas/attachments/overdue-metric.ts';
import type { Environment as VerdictEnvironment } from '../../lambdas/attachments/verdict.lambda.ts';
import type { Environment as AddEnvironment } from '../../lambdas/cases/attachments.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { MalwareScan } from '../malware-scan.ts';
import { PortalFunction } from '../portal-function.ts';
import { every, ScheduledRun } from '../scheduled-run.ts';
import { reading, writing } from '../table.ts';
import { byDue } from '../tables.ts';

/** Where files lie: what is under the one waits for its verdict, and departments can read the other only. */
export const quarantined = 'quarantine/*';
export const clean = 'clean/*';

/** What becomes of a file between the citizen and the department (R6.6, R7.6). */
export class Attachments extends Construct {
  /** Files without a verdict though their scan was asked for again. */
  readonly overdue: Metric;

  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { keys, buckets } = ground;
    const verdict = this.verdict(ground);
    new MalwareScan(this, 'Scan', {
      bucket: buckets.uploads,
      key: keys.data,
      prefix: quarantined.replace('*', ''),
      verdict,
    });
    new ScheduledRun(this, 'CareSchedule', { ...every(Duration.minutes(10)), target: this.care(ground) });
    this.add(ground);
    this.overdue = new Metric({
      namespace: overdueMetric.namespace,
      metricName: overdueMetric.name,
      statistic: Stats.MAXIMUM,
    });
  }

  /** Hears the scanner; the only one that can put a file where departments fetch it. */
  private verdict({ keys, tables, buckets }: Ground): PortalFunction {
    const verdict = new PortalFunction<VerdictEnvironment>(this, 'Verdict', {
      bundle: 'attachments-verdict',
      environment: {
        ATTACHMENTS_TABLE: tables.attachments.name,
        CASES_TABLE: tables.cases.name,
        DIGESTS_TABLE: tables.digests.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
      },
      keys,
      timeoutSeconds: 60,
      memoryMegabytes: 512,
    });
    tables.attachments.grant(verdict, ['GetItem', 'UpdateItem'], ['OWNER#*']);
    tables.cases.grant(verdict, [...reading, ...writing], ['OWNER#*', 'CASE#*']);
    tables.digests.grant(verdict, ['UpdateItem'], ['SHARD#*']);
    keys.grantSeal(verdict);
    buckets.uploads.grantGet(verdict, quarantined);
    buckets.uploads.grantPut(verdict, clean);
    buckets.uploads.grantDelete(verdict, quarantined, clean);
    buckets.uploads.grantPurge(verdict, quarantined);
    return verdict;
  }

  /** Asks for scans again, removes what nobody owns, ends what was left half-done. */
  private care({ keys, tables, buckets }: Ground): PortalFunction {
    const care = new PortalFunction<CareEnvironment>(this, 'Care', {
      bundle: 'attachments-care',
      environment: {
        ATTACHMENTS_TABLE: tables.attachments.name,
        DRAFTS_TABLE: tables.drafts.name,
        CASES_TABLE: tables.cases.name,
        DIGESTS_TABLE: tables.digests.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
      },
      keys,
      timeoutSeconds: 300,
      memoryMegabytes: 512,
    });
    tables.attachments.grant(care, ['GetItem', 'UpdateItem', 'DeleteItem'], ['OWNER#*']);
    tables.attachments.grantQueryIndex(care, byDue);
    tables.drafts.grant(care, ['GetItem'], ['OWNER#*']);
    tables.cases.grant(care, [...reading, ...writing], ['OWNER#*', 'CASE#*']);
    tables.digests.grant(care, ['UpdateItem'], ['SHARD#*']);
    keys.grantSeal(care);
    buckets.uploads.grantGet(care, quarantined);
    buckets.uploads.grantPut(care, quarantined);
    buckets.uploads.grantDelete(care, quarantined, clean);
    return care;
  }

  /** Files for a sent case (R7.6). */
  private add(ground: Ground): void {
    const { stage, keys, tables, buckets } = ground;
    const add = new ApiFunction<AddEnvironment>(this, 'Add', ground, {
      bundle: 'cases-attachments',
      routes: [
        'GET /api/cases/{caseNumber}/attachments',
        'POST /api/cases/{caseNumber}/attachments',
        'PUT /api/cases/{caseNumber}/attachments/{attachment}',
        'DELETE /api/cases/{caseNumber}/attachments/{attachment}',
      ],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        DIGESTS_TABLE: tables.digests.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        UPLOADS_BUCKET: buckets.uploads.name,
        CASE_PREFIX: stage.city.casePrefix,
      },
    });
    tables.grantSession(add);
    tables.cases.grant(add, [...reading, ...writing], ['OWNER#*', 'CASE#*']);
    tables.attachments.grant(add, ['GetItem', 'Query', 'PutItem', 'UpdateItem'], ['OWNER#*']);
    tables.digests.grant(add, ['UpdateItem'], ['SHARD#*']);
    tables.grantLog(add);
    keys.grantSeal(add);
    buckets.uploads.grantGet(add, quarantined);
    buckets.uploads.grantPut(add, quarantined);
    buckets.uploads.grantDelete(add, quarantined, clean);
  }
}
