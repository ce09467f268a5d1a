import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { draftExpiry } from '../domain/draft.ts';
import { epochSeconds } from './dynamodb.ts';
import type { Table } from './query.ts';
import { type ReplyDraft, type ReplyName, replyKey, writeReplyDraft } from './reply-rows.ts';
import type { Sealer } from './sealing.ts';
import type { Write } from './transaction.ts';

/** Answers that are not finished, one a person and case, sealed; they go by themselves as long after their last saving as any draft. */
export interface ReplyDrafts {
  /** The newest saving stands. */
  save(name: ReplyName, draft: ReplyDraft): Promise<void>;
  remove(name: ReplyName): Promise<void>;
  /** For the transaction that sends the answer. */
  removal(name: ReplyName): Write;
}

export const replyDrafts = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): ReplyDrafts => {
  const at = (name: ReplyName) => ({ TableName: table, Key: replyKey(name) });
  return {
    save: async (name, draft) => {
      const row = await writeReplyDraft(sealer, name, draft);
      const expiresAt = epochSeconds(draftExpiry(draft.savedAt));
      await client.send(new PutCommand({ TableName: table, Item: { ...row, expiresAt } }));
    },
    remove: async name => {
      await client.send(new DeleteCommand(at(name)));
    },
    removal: name => ({ Delete: at(name) }),
  };
};
