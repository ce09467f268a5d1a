/** What a receipt is made of, by itself and in a case's bundle. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Settings } from '../configuration.ts';
import { readCity } from '../notifications/city.ts';
import { accessLog } from '../storage/access-log.ts';
import { cases } from '../storage/cases.ts';
import { formsOnDemand } from '../storage/forms-on-demand.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { receiptKeys } from '../storage/receipt-keys.ts';
import { kmsSealer, type Sealer } from '../storage/sealing.ts';
import type { ReceiptPage } from './page.tsx';
import type { ReceiptDependencies } from './receipt.ts';
import { stylePolicy } from './style-policy.ts';

type Needed =
  | 'CASES_TABLE'
  | 'ACCESS_LOG_TABLE'
  | 'SEALING_KEY'
  | 'RECEIPT_KEY'
  | 'CONTENT_BUCKET'
  | 'CASE_PREFIX'
  | 'CITY'
  | 'PORTAL_URL';

/** What draws the page is loaded with the first that is asked for. */
const render = async (page: ReceiptPage) => (await import('./page.tsx')).renderReceipt(page);

export const receipting = (
  environment: Pick<Settings, Needed>,
  client: DynamoDBDocumentClient,
): Omit<ReceiptDependencies, 'facts'> & { readonly sealer: Sealer } => {
  const kms = kmsClient();
  const sealer = kmsSealer(kms, environment.SEALING_KEY);
  const table = { client, table: environment.CASES_TABLE };
  return {
    sealer,
    cases: cases({ ...table, sealer }),
    forms: formsOnDemand(environment.CONTENT_BUCKET),
    keys: receiptKeys({ ...table, kms, keyId: environment.RECEIPT_KEY }),
    log: accessLog({ client, table: environment.ACCESS_LOG_TABLE, sealer }),
    prefix: environment.CASE_PREFIX,
    city: readCity(environment.CITY).name,
    portalUrl: environment.PORTAL_URL,
    page: { render, stylePolicy },
  };
};
