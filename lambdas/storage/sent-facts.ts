import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { ownerKey } from './case-keys.ts';
import { epochSeconds, type Row } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import { readSealed, receiptContext, receiptRow, type SentFacts } from './sending-rows.ts';

/** What is known of a form that was never stored, for as long as its receipt is kept: 90 days (R6.7). */
export interface SentFactsReading {
  find(owner: OwnerId, caseNumber: CaseNumber, now: EpochMs): Promise<SentFacts | undefined>;
  /** Of all that were never stored, oldest first. */
  all(owner: OwnerId, now: EpochMs): Promise<readonly (SentFacts & { readonly caseNumber: CaseNumber })[]>;
}

export const sentFacts = ({
  client,
  table,
  sealer,
}: Table & { readonly sealer: Sealer }): SentFactsReading => {
  const rowsOf = (owner: OwnerId, filter: string, values: Record<string, unknown> = {}) =>
    queryAll(
      { client, table },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :drafts)',
        FilterExpression: filter,
        ExpressionAttributeValues: { ':pk': ownerKey(owner), ':drafts': 'DRAFT#', ...values },
        ConsistentRead: true,
      },
    );

  /** Undefined where the receipt is past its time, or is that of a case. */
  const open = async (owner: OwnerId, row: Row, now: EpochMs) => {
    const { caseNumber, sealed, expiresAt } = receiptRow.parse(row);
    if (expiresAt <= epochSeconds(now)) return undefined;
    const draft = String(row.sk).slice('DRAFT#'.length);
    const { facts } = readSealed(await sealer.open(sealed, receiptContext({ owner, draft })));
    return facts && { caseNumber, ...facts };
  };

  return {
    find: async (owner, caseNumber, now) => {
      const [row] = await rowsOf(owner, 'caseNumber = :number', { ':number': caseNumber });
      const found = row && (await open(owner, row, now));
      if (!found) return undefined;
      const { caseNumber: _number, ...facts } = found;
      return facts;
    },
    all: async (owner, now) => {
      const rows = await rowsOf(owner, 'attribute_exists(caseNumber)');
      const neverStored = rows.filter(({ stored }) => stored === false);
      const found = await Promise.all(neverStored.map(row => open(owner, row, now)));
      return found
        .filter(facts => facts !== undefined)
        .sort((one, other) => one.submittedAt - other.submittedAt);
    },
  };
};
