import { Construct } from 'constructs';
import type { City } from '../../lambdas/notifications/city.ts';
import type { Environment as KeysEnvironment } from '../../lambdas/receipts/keys.lambda.ts';
import type { Environment as ReceiptEnvironment } from '../../lambdas/receipts/receipt.lambda.ts';
import type { Environment as BundleEnvironment } from '../../lambdas/records/bundle.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Proof of what was sent (R6.4), a whole case to take along, and the keys they are checked with. */
export class Receipts extends Construct {
  constructor(scope: Construct, id: string, ground: Ground) {
    super(scope, id);
    const { stage, keys, tables, buckets } = ground;

    const receipt = new ApiFunction<ReceiptEnvironment>(this, 'Receipt', ground, {
      bundle: 'receipts-receipt',
      routes: ['GET /api/cases/{caseNumber}/receipt'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        DRAFTS_TABLE: tables.drafts.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        RECEIPT_KEY: keys.receipts.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        CASE_PREFIX: stage.city.casePrefix,
        CITY: JSON.stringify({ name: stage.city.name, helpline: stage.city.helpline } satisfies City),
      },
    });
    tables.grantSession(receipt);
    tables.cases.grant(receipt, ['GetItem', 'Query'], ['OWNER#*', 'CASE#*']);
    tables.cases.grant(receipt, ['PutItem'], ['RECEIPT-KEYS']);
    tables.drafts.grant(receipt, ['Query'], ['OWNER#*']);
    tables.grantLog(receipt);
    keys.grantSeal(receipt);
    keys.grantSignReceipts(receipt);
    buckets.content.grantGet(receipt, 'forms/*');
    buckets.content.grantList(receipt);

    const bundle = new ApiFunction<BundleEnvironment>(this, 'Bundle', ground, {
      bundle: 'records-bundle',
      routes: ['GET /api/cases/{caseNumber}/bundle'],
      environment: {
        SESSIONS_TABLE: tables.sessions.name,
        CASES_TABLE: tables.cases.name,
        ATTACHMENTS_TABLE: tables.attachments.name,
        ACCESS_LOG_TABLE: tables.accessLog.name,
        SEALING_KEY: keys.sealing.keyArn,
        RECEIPT_KEY: keys.receipts.keyArn,
        CONTENT_BUCKET: buckets.content.name,
        CASE_PREFIX: stage.city.casePrefix,
        CITY: JSON.stringify({ name: stage.city.name, helpline: stage.city.helpline } satisfies City),
      },
    });
    tables.grantSession(bundle);
    tables.cases.grant(bundle, ['GetItem', 'Query'], ['OWNER#*', 'CASE#*', 'SEEN#*', 'COURSE#*']);
    tables.cases.grant(bundle, ['PutItem'], ['RECEIPT-KEYS']);
    tables.attachments.grant(bundle, ['Query'], ['OWNER#*']);
    tables.grantLog(bundle);
    keys.grantSeal(bundle);
    keys.grantSignReceipts(bundle);
    buckets.content.grantGet(bundle, 'forms/*');
    buckets.content.grantList(bundle);

    const published = new ApiFunction<KeysEnvironment>(this, 'Keys', ground, {
      bundle: 'receipts-keys',
      routes: ['GET /.well-known/jwks.json'],
      environment: { CASES_TABLE: tables.cases.name, RECEIPT_KEY: keys.receipts.keyArn },
    });
    tables.cases.grant(published, ['Query'], ['RECEIPT-KEYS']);
    keys.grantReadReceiptKey(published);
  }
}
