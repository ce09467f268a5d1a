import { type Answer, ok } from '../http/answer.ts';
import type { ReceiptKeys } from '../storage/receipt-keys.ts';

/** An hour: a new key is published before it signs, and an old one never goes. */
const headers = {
  'cache-control': 'public, max-age=3600',
  // Whoever holds a receipt may check it, from wherever.
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-type': 'application/jwk-set+json',
};

/** `GET /.well-known/jwks.json` (RFC 7517, section 5): what receipts can be checked with. */
export const getKeys = async ({ keys }: { readonly keys: Pick<ReceiptKeys, 'published'> }): Promise<Answer> =>
  ok({ keys: await keys.published() }, { headers });
