import * as z from 'zod/mini';
import type { AmendmentOf } from '../domain/amendment.ts';
import type { AmendedContent, CaseNumber, OwnerId } from '../domain/case.ts';
import { amendedSort, caseKey } from './case-keys.ts';
import type { Sealer } from './sealing.ts';
import type { Write } from './transaction.ts';

const amendedContext = (owner: OwnerId, caseNumber: CaseNumber, sort: string): string =>
  `amended|${owner}|${caseNumber}|${sort}`;

export interface AmendmentsGround {
  readonly cases: string;
  readonly sealer: Sealer;
}

/** Writes a new version of what was sent, sealed; stops its transaction where that version is there already. */
export const amendedWriter =
  ({ cases, sealer }: AmendmentsGround) =>
  async (owner: OwnerId, { caseNumber, version }: AmendmentOf, content: AmendedContent): Promise<Write> => {
    const sk = amendedSort(version);
    return {
      Put: {
        TableName: cases,
        Item: {
          pk: caseKey(owner, caseNumber),
          sk,
          sealed: await sealer.seal(JSON.stringify(content), amendedContext(owner, caseNumber, sk)),
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    };
  };

const row = z.object({ sk: z.string(), sealed: z.instanceof(Uint8Array) });

export const openAmended = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  item: unknown,
): Promise<AmendedContent> => {
  const { sk, sealed } = row.parse(item);
  return JSON.parse(await sealer.open(sealed, amendedContext(owner, caseNumber, sk)));
};
