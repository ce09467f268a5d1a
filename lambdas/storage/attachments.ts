import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CaseAttachment, EpochMs } from '../domain/case.ts';
import { attachmentLimit, draftExpiry } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import { type DraftName, draftContext, draftKey, readDraft } from './draft-rows.ts';
import { epochSeconds, whenConditionFails } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import { transact } from './transaction.ts';

/** Files announced for a draft: what they are to be, so that what arrives can be held against it (R6.6). */
export interface Attachments {
  list(draft: DraftName, now: EpochMs): Promise<readonly CaseAttachment[]>;
  /** Refuses `not-found` without such a draft, `too-many-attachments`. */
  announce(draft: DraftName, attachment: CaseAttachment, now: EpochMs): Promise<void>;
  /** Forgets the files of a draft that has been deleted; says which there were. */
  clear(draft: DraftName): Promise<readonly string[]>;
  /** Refuses `not-found`; a file of a form that was sent belongs to the case and cannot be taken back. */
  remove(draft: DraftName, attachment: string, now: EpochMs): Promise<void>;
}

const row = z.object({
  sk: z.string(),
  size: z.number(),
  sha256: z.string(),
  type: z.string(),
  /** The file's name may tell as much as the file. */
  sealedName: z.instanceof(Uint8Array),
  /** Epoch seconds. */
  expiresAt: z.number(),
});

const sortOf = (draft: string, attachment = ''): string => `ATTACHMENT#${draft}#${attachment}`;
export const attachmentKey = ({ owner, id }: DraftName, attachment: string) => ({
  pk: `OWNER#${owner}`,
  sk: sortOf(id, attachment),
});

export const attachments = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): Attachments => {
  const rowsOf = async ({ owner, id }: DraftName) =>
    (
      await queryAll(
        { client, table },
        {
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :attachments)',
          ExpressionAttributeValues: { ':pk': `OWNER#${owner}`, ':attachments': sortOf(id) },
          ConsistentRead: true,
        },
      )
    ).map(item => row.parse(item));

  const open = async (draft: DraftName, read: z.infer<typeof row>): Promise<CaseAttachment> => ({
    id: read.sk.slice(sortOf(draft.id).length),
    name: await sealer.open(read.sealedName, draftContext(draft)),
    size: read.size,
    sha256: read.sha256,
    type: read.type,
    state: 'uploaded',
  });

  /** A draft that is there and was not sent. */
  const demandDraft = async (draft: DraftName, now: EpochMs): Promise<void> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: draftKey(draft), ConsistentRead: true }),
    );
    if (!readDraft(Item, now)) refuse({ kind: 'not-found' });
  };

  return {
    list: async (draft, now) => {
      const rows = await rowsOf(draft);
      return Promise.all(
        rows.filter(({ expiresAt }) => expiresAt * 1000 > now).map(read => open(draft, read)),
      );
    },
    announce: async (draft, { id, name, size, sha256, type }, now) => {
      await demandDraft(draft, now);
      const rows = await rowsOf(draft);
      if (rows.length >= attachmentLimit) refuse({ kind: 'too-many-attachments', limit: attachmentLimit });
      const Item = {
        ...attachmentKey(draft, id),
        ...{ size, sha256, type },
        sealedName: await sealer.seal(name, draftContext(draft)),
        expiresAt: epochSeconds(draftExpiry(now)),
      };
      await whenConditionFails(
        () =>
          client.send(
            new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
          ),
        () => ({ kind: 'conflict' }),
      );
    },
    clear: async draft => {
      const names = (await rowsOf(draft)).map(({ sk }) => sk.slice(sortOf(draft.id).length));
      for (const name of names)
        await client.send(new DeleteCommand({ TableName: table, Key: attachmentKey(draft, name) }));
      return names;
    },
    // In one with a look at the draft: a file must not go while the form it belongs to is being sent.
    remove: async (draft, attachment, now) => {
      const outcome = await transact(client, [
        {
          ConditionCheck: {
            TableName: table,
            Key: draftKey(draft),
            ConditionExpression: 'attribute_exists(revision) AND expiresAt > :now',
            ExpressionAttributeValues: { ':now': epochSeconds(now) },
          },
        },
        {
          Delete: {
            TableName: table,
            Key: attachmentKey(draft, attachment),
            ConditionExpression: 'attribute_exists(pk)',
          },
        },
      ]);
      if (outcome) refuse({ kind: 'not-found' });
    },
  };
};
