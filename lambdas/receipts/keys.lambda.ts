import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { documentClient } from '../storage/dynamodb.ts';
import { kmsClient } from '../storage/kms-client.ts';
import { receiptKeys } from '../storage/receipt-keys.ts';
import { getKeys } from './keys.ts';

const environment = configuration('CASES_TABLE', 'RECEIPT_KEY', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = {
  keys: receiptKeys({
    client: documentClient(),
    table: environment.CASES_TABLE,
    kms: kmsClient(),
    keyId: environment.RECEIPT_KEY,
  }),
};

export const handler = api(() => getKeys(dependencies), { access: 'public', environment });
