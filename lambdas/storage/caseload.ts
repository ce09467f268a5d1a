import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, EpochMs } from '../domain/case.ts';
import type { Status } from '../domain/status.ts';
import { headerKey } from './case-keys.ts';
import { whoseNumber } from './case-numbers.ts';
import { type FolderHeader, readHeader } from './header-rows.ts';
import type { Table } from './query.ts';

export interface CaseloadQuery {
  readonly service: string;
  readonly status?: Status | undefined;
  /** Cases that changed at this instant or later. */
  readonly changedSince?: EpochMs | undefined;
  readonly limit: number;
  readonly after?: CaseloadPlace | undefined;
}

/** A case and when it had changed last when a page ended with it. */
export interface CaseloadPlace {
  readonly caseNumber: CaseNumber;
  readonly updatedAt: EpochMs;
}

export interface CaseloadPage {
  readonly headers: readonly FolderHeader[];
  /** Where to go on; absent at the end. */
  readonly next?: CaseloadPlace;
}

/** A service's cases across all folders, for its department; by index, so it may lag behind by a second. */
export interface Caseload {
  /** The longest unchanged first: what changes while pages are read comes again at the end, and nothing is missed. */
  page(query: CaseloadQuery): Promise<CaseloadPage>;
}

const byService = 'ByService';

const placeOf = (key: Record<string, unknown>): CaseloadPlace => ({
  caseNumber: String(key.sk).slice('CASE#'.length),
  updatedAt: Number(key.updatedAt),
});

export const caseload = (table: Table): Caseload => {
  /** The index wants the owner too, which no department is told: it is looked up again. */
  const startOf = async ({ service, after, changedSince = 0 }: CaseloadQuery) => {
    if (after === undefined || after.updatedAt < changedSince) return undefined;
    const whose = await whoseNumber(table, after.caseNumber);
    if (whose?.owner === undefined || whose.service !== service) return undefined;
    return { ...headerKey(whose.owner, after.caseNumber), service, updatedAt: after.updatedAt };
  };

  return {
    page: async query => {
      const { service, status, changedSince = 0, limit } = query;
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.table,
          IndexName: byService,
          KeyConditionExpression: 'service = :service AND updatedAt >= :since',
          ...(status && {
            FilterExpression: '#status = :status',
            ExpressionAttributeNames: { '#status': 'status' },
          }),
          ExpressionAttributeValues: {
            ':service': service,
            ':since': changedSince,
            ...(status && { ':status': status }),
          },
          ExclusiveStartKey: await startOf(query),
          Limit: limit,
        }),
      );
      const headers = Items.map(readHeader);
      return LastEvaluatedKey ? { headers, next: placeOf(LastEvaluatedKey) } : { headers };
    },
  };
};
