import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, OwnerId, PersonId } from '../domain/case.ts';
import { draftExpiry } from '../domain/draft.ts';
import { caseKey, type ReplyDraft, replySort, toExpiresAt, writeReplyDraft } from './case-rows.ts';
import type { Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import type { Write } from './transaction.ts';

/** Whose answer, to which case. */
export interface ReplyName {
  readonly owner: OwnerId;
  readonly person: PersonId;
  readonly caseNumber: CaseNumber;
}

/** Answers that are not finished, one a person and case, sealed; they go by themselves as long after their last saving as any draft. */
export interface ReplyDrafts {
  /** The newest saving stands. */
  save(name: ReplyName, draft: ReplyDraft): Promise<void>;
  remove(name: ReplyName): Promise<void>;
  /** For the transaction that sends the answer. */
  removal(name: ReplyName): Write;
}

export const replyDrafts = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): ReplyDrafts => {
  const at = ({ owner, person, caseNumber }: ReplyName) => ({
    TableName: table,
    Key: { pk: caseKey(owner, caseNumber), sk: replySort(person) },
  });
  return {
    save: async ({ owner, person, caseNumber }, draft) => {
      const row = await writeReplyDraft(sealer, owner, caseNumber, person, draft);
      const expiresAt = toExpiresAt(draftExpiry(draft.savedAt));
      await client.send(new PutCommand({ TableName: table, Item: { ...row, expiresAt } }));
    },
    remove: async name => {
      await client.send(new DeleteCommand(at(name)));
    },
    removal: name => ({ Delete: at(name) }),
  };
};
