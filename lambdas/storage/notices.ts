import type { OwnerId } from '../domain/case.ts';
import { queryAll, type Table } from './query.ts';

/** That a digest went out, and for which hour. */
export interface Notice {
  /** ISO 8601. */
  readonly hour: string;
}

/** Digests a folder's owner was sent in the last fortnight, oldest first. */
export const sentNotices =
  ({ client, table }: Table) =>
  async (owner: OwnerId): Promise<readonly Notice[]> => {
    const rows = await queryAll(
      { client, table },
      {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `SENT#${owner}` },
      },
    );
    return rows.filter(({ state }) => state === 'sent').map(({ sk }) => ({ hour: String(sk) }));
  };
