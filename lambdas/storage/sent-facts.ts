import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { ownerKey, toExpiresAt } from './case-rows.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import { readSealed, receiptContext, receiptRow, type SentFacts } from './sending-rows.ts';

/** What is known of a form that was never stored, for as long as its receipt is kept: 90 days (R6.7). */
export interface SentFactsReading {
  find(owner: OwnerId, caseNumber: CaseNumber, now: EpochMs): Promise<SentFacts | undefined>;
}

export const sentFacts = ({
  client,
  table,
  sealer,
}: Table & { readonly sealer: Sealer }): SentFactsReading => ({
  find: async (owner, caseNumber, now) => {
    const rows = await queryAll(
      { client, table },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :drafts)',
        FilterExpression: 'caseNumber = :number',
        ExpressionAttributeValues: {
          ':pk': ownerKey(owner),
          ':drafts': 'DRAFT#',
          ':number': caseNumber,
        },
        ConsistentRead: true,
      },
    );
    const [row] = rows;
    if (!row) return undefined;
    const { sealed, expiresAt } = receiptRow.parse(row);
    if (expiresAt <= toExpiresAt(now)) return undefined;
    const draft = String(row.sk).slice('DRAFT#'.length);
    return readSealed(await sealer.open(sealed, receiptContext({ owner, draft }))).facts;
  },
});
