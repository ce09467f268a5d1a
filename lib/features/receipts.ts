import { Construct } from 'constructs';
import type { City } from '../../lambdas/notifications/digest.ts';
import type { Environment as KeysEnvironment } from '../../lambdas/receipts/keys.lambda.ts';
import type { Environment as ReceiptEnvironment } from '../../lambdas/receipts/receipt.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';

/** Proof of what was sent (R6.4), and the keys it is checked with. */
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
    keys.grantOpen(receipt);
    keys.grantSignReceipts(receipt);
    buckets.content.grantGet(receipt, 'forms/*');
    buckets.content.grantList(receipt);

    const published = new ApiFunction<KeysEnvironment>(this, 'Keys', ground, {
      bundle: 'receipts-keys',
      routes: ['GET /.well-known/jwks.json'],
      environment: { CASES_TABLE: tables.cases.name, RECEIPT_KEY: keys.receipts.keyArn },
    });
    tables.cases.grant(published, ['Query'], ['RECEIPT-KEYS']);
    keys.grantReadReceiptKey(published);
  }
}
