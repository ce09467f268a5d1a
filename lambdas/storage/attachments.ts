import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseAttachment, CaseNumber, EpochMs, PersonId } from '../domain/case.ts';
import { attachmentLimit, type Custody } from '../domain/custody.ts';
import type { DraftHeader } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import {
  abandoning,
  attachmentKey,
  custodyOf,
  dueMark,
  type FileRecord,
  fileKey,
  filesOf,
  readFile,
  sealName,
  sealSender,
  toAttachment,
} from './attachment-rows.ts';
import { type DraftName, draftKey, readDraft } from './draft-rows.ts';
import { epochSeconds, whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import { transact } from './transaction.ts';

/** The case a file is added to, and who adds it. */
export interface Addition {
  readonly caseNumber: CaseNumber;
  readonly person: PersonId;
  /** Their name, where an organisation's folder has several. */
  readonly name?: string;
}

/** Files announced for a draft or a sent case: what they are to be, so that what arrives can be held against it (R6.6, R7.6). */
export interface Attachments {
  list(draft: DraftName, now: EpochMs): Promise<readonly CaseAttachment[]>;
  /** Where each file is, by its id; no name is opened. */
  custody(draft: DraftName): Promise<ReadonlyMap<string, Custody>>;
  /** As they lie there, read consistently. */
  records(draft: DraftName): Promise<readonly FileRecord[]>;
  /** The draft files are announced for; refuses `not-found` where there is none, or it was sent. */
  draft(draft: DraftName, now: EpochMs): Promise<DraftHeader>;
  /** Whose draft or case it is was looked at before. Refuses `too-many-attachments`. */
  announce(draft: DraftName, attachment: CaseAttachment, now: EpochMs, addition?: Addition): Promise<void>;
  /** Gives up the files of a draft that has been deleted: they are removed soon. Says which there are. */
  clear(draft: DraftName): Promise<readonly string[]>;
  /** Refuses `not-found`; a file of a form that was sent belongs to the case and cannot be taken back. */
  remove(draft: DraftName, attachment: string, now: EpochMs): Promise<void>;
  /** Hands an added file over with the case: from now on it cannot be taken back. Refuses `not-found`. The same however often. */
  send(draft: DraftName, attachment: string, addition: Addition, now: EpochMs): Promise<FileRecord>;
  /** Takes a file back that the same person has added and nobody has handed over. Refuses `not-found`. */
  withdraw(draft: DraftName, attachment: string, addition: Addition): Promise<void>;
}

/** Milliseconds after which a file without a verdict is looked for: an invitation's life, and what a scan takes. */
export const overdueMs = 20 * 60_000;

export interface AttachmentsGround extends Table {
  /** Table of the drafts that files are announced for; absent where only sent cases are served. */
  readonly drafts?: string;
  readonly sealer: Sealer;
}

export const attachments = ({ client, table, drafts = '', sealer }: AttachmentsGround): Attachments => {
  const rowsOf = async (draft: DraftName, ConsistentRead: boolean): Promise<readonly FileRecord[]> => {
    const { pk, prefix } = filesOf(draft);
    const rows = await queryAll(
      { client, table },
      {
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :files)',
        ExpressionAttributeValues: { ':pk': pk, ':files': prefix },
        ConsistentRead,
      },
    );
    return rows.map(readFile).filter(({ gone }) => !gone);
  };

  const demandDraft = async (draft: DraftName, now: EpochMs): Promise<DraftHeader> => {
    const { Item } = await client.send(
      new GetCommand({ TableName: drafts, Key: draftKey(draft), ConsistentRead: true }),
    );
    return readDraft(Item, now) ?? refuse({ kind: 'not-found' });
  };

  /** Sealed as this very call has sealed it, a row is this call's own: its answer was lost, and the SDK has sent it again. */
  const put = (Item: { readonly sealedName: Uint8Array } & Record<string, unknown>) =>
    whenConditionFails(
      () =>
        client.send(
          new PutCommand({
            TableName: table,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR sealedName = :own',
            ExpressionAttributeValues: { ':own': Item.sealedName },
          }),
        ),
      () => ({ kind: 'conflict' }),
    );

  return {
    list: async draft => Promise.all((await rowsOf(draft, true)).map(record => toAttachment(sealer, record))),
    custody: async draft =>
      new Map((await rowsOf(draft, false)).map(record => [record.id, custodyOf(record)])),
    records: draft => rowsOf(draft, true),
    draft: demandDraft,
    announce: async (draft, { id, name, size, sha256, type }, now, addition) => {
      const rows = await rowsOf(draft, true);
      if (rows.length >= attachmentLimit) refuse({ kind: 'too-many-attachments', limit: attachmentLimit });
      const file = { owner: draft.owner, draft: draft.id, id };
      await put({
        ...fileKey(file),
        ...{ size, sha256, type, state: 'uploaded', announcedAt: now },
        ...(addition && { caseNumber: addition.caseNumber, person: addition.person, added: 'staged' }),
        ...(addition?.name !== undefined && {
          sealedSender: await sealSender(sealer, file, addition.name),
        }),
        sealedName: await sealName(sealer, file, name),
        ...{ due: dueMark, dueAt: now + overdueMs },
      });
    },
    clear: async draft => {
      const rows = await rowsOf(draft, true);
      for (const file of rows)
        await writeUnlessChanged(() =>
          client.send(new UpdateCommand({ TableName: table, Key: fileKey(file), ...abandoning })),
        );
      return rows.map(({ id }) => id);
    },
    // In one with a look at the draft: a file must not go while the form it belongs to is being sent.
    remove: async (draft, attachment, now) => {
      const outcome = await transact(client, [
        {
          ConditionCheck: {
            TableName: drafts,
            Key: draftKey(draft),
            ConditionExpression: 'attribute_exists(revision) AND expiresAt > :now',
            ExpressionAttributeValues: { ':now': epochSeconds(now) },
          },
        },
        {
          Update: {
            TableName: table,
            Key: attachmentKey(draft, attachment),
            ...abandoning,
            ConditionExpression: `${abandoning.ConditionExpression} AND attribute_not_exists(gone)`,
          },
        },
      ]);
      if (outcome) refuse({ kind: 'not-found' });
    },
    send: async (draft, attachment, { caseNumber }, now) => {
      const { Attributes } = await whenConditionFails(
        () =>
          client.send(
            new UpdateCommand({
              TableName: table,
              Key: attachmentKey(draft, attachment),
              UpdateExpression: 'SET added = :sent, due = :due, dueAt = :soon',
              ConditionExpression:
                'caseNumber = :case AND attribute_exists(added) AND attribute_not_exists(gone)',
              ExpressionAttributeValues: {
                ':sent': 'sent',
                ':case': caseNumber,
                ':due': dueMark,
                ':soon': now + overdueMs,
              },
              ReturnValues: 'ALL_NEW',
            }),
          ),
        () => ({ kind: 'not-found' }),
      );
      return readFile(Attributes);
    },
    withdraw: async (draft, attachment, { caseNumber, person }) => {
      const outcome = await transact(client, [
        {
          Update: {
            TableName: table,
            Key: attachmentKey(draft, attachment),
            UpdateExpression: abandoning.UpdateExpression,
            ConditionExpression:
              'caseNumber = :case AND person = :person AND added = :staged AND attribute_not_exists(gone)',
            ExpressionAttributeValues: {
              ...abandoning.ExpressionAttributeValues,
              ':case': caseNumber,
              ':person': person,
            },
          },
        },
      ]);
      if (outcome) refuse({ kind: 'not-found' });
    },
  };
};
