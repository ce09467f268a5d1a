import { randomUUID } from 'node:crypto';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import {
  type DraftContent,
  type DraftHeader,
  draftExpiry,
  draftLimit,
  expiryDay,
  type Saving,
} from '../domain/draft.ts';
import { type Reason, refuse } from '../domain/refusal.ts';
import {
  type Draft,
  type DraftName,
  draftKey,
  isReceipt,
  openDraft,
  readDraft,
  readSent,
  savedBefore,
  savingOf,
  sealDraft,
} from './draft-rows.ts';
import { epochSeconds, type FailedCondition, whenConditionFails } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';
import type { Receipt } from './sending.ts';

export interface DraftToSave extends DraftContent {
  readonly form: string;
  readonly formVersion: string;
  /** Absent: a window that saves once. */
  readonly saving?: Saving | undefined;
}

/** Forms begun and not yet sent (R6.3). Each is kept 90 days after it was last saved. */
export interface Drafts {
  /** Newest first; no answers. */
  list(owner: OwnerId, now: EpochMs): Promise<readonly DraftHeader[]>;
  get(name: DraftName, now: EpochMs): Promise<Draft | undefined>;
  /** What came of one that was sent. */
  sent(name: DraftName, now: EpochMs): Promise<Receipt | undefined>;
  /**
   * Refuses `precondition-failed` when there is one already, `conflict` when it was sent, `too-many-drafts`. One that the
   * same window has begun, without hearing of it, is saved over.
   */
  create(name: DraftName, draft: DraftToSave & { service: string }, now: EpochMs): Promise<DraftHeader>;
  /**
   * Saves over the revision that was read, or over what the same window has saved since: an answer that was lost on its
   * way, or a write that the database's client sent twice, is nobody else's. Refuses `not-found`, `precondition-failed`
   * when it was saved elsewhere meanwhile or is another form's, `conflict` when it was sent.
   */
  save(name: DraftName, draft: DraftToSave, revision: number, now: EpochMs): Promise<DraftHeader>;
  /** Without a revision whatever is there. Refuses `not-found`, `precondition-failed`. */
  remove(name: DraftName, revision: number | undefined, now: EpochMs): Promise<void>;
}

const summary = 'sk, service, form, version, createdAt, updatedAt, expiresAt, revision, caseNumber';

/** What a failed condition means for one who wanted to change a draft. */
const refusalOf = ({ row }: FailedCondition, now: EpochMs): Reason => {
  if (isReceipt(row)) return { kind: 'conflict' };
  return readDraft(row, now) ? { kind: 'precondition-failed' } : { kind: 'not-found' };
};

const once = (): Saving => ({ by: randomUUID(), number: 1 });

/** Times and the mark by which expiring drafts are found: it changes once a day, so most savings leave the index alone. */
const kept = (now: EpochMs) => {
  const expiresAt = draftExpiry(now);
  return { updatedAt: now, expiresAt: epochSeconds(expiresAt), expiryDay: expiryDay(expiresAt) };
};

/** Whether there is room for one more; receipts of sent drafts take none. Long answers are counted 1 MB at a time. */
const demandRoom = async ({ client, table }: Table, owner: OwnerId, now: EpochMs): Promise<void> => {
  let count = 0;
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Count = 0, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        Select: 'COUNT',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :drafts)',
        FilterExpression: 'attribute_exists(revision) AND expiresAt > :now',
        ExpressionAttributeValues: {
          ':pk': `OWNER#${owner}`,
          ':drafts': 'DRAFT#',
          ':now': epochSeconds(now),
        },
        ExclusiveStartKey: start,
      }),
    );
    count += Count;
    if (count >= draftLimit) refuse({ kind: 'too-many-drafts', limit: draftLimit });
    start = LastEvaluatedKey;
  } while (start);
};

export const drafts = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): Drafts => {
  const rowOf = async (name: DraftName): Promise<unknown> => {
    const key = { TableName: table, Key: draftKey(name), ConsistentRead: true };
    return (await client.send(new GetCommand(key))).Item;
  };

  const save: Drafts['save'] = async (name, draft, revision, now) => {
    const { by, number } = draft.saving ?? once();
    const sealed = await sealDraft(sealer, name, draft);
    const { updatedAt, expiresAt, expiryDay } = kept(now);
    const { Attributes } = await whenConditionFails(
      () =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: draftKey(name),
            UpdateExpression:
              'SET version = :version, updatedAt = :at, expiresAt = :expires, expiryDay = :day, revision = revision + :one, savedBy = :by, savedNth = :nth, sealed = :sealed',
            ConditionExpression:
              'form = :form AND expiresAt > :now AND (revision = :revision OR (revision > :revision AND savedBy = :by AND savedNth <= :nth))',
            ExpressionAttributeValues: {
              ':version': draft.formVersion,
              ':form': draft.form,
              ':at': updatedAt,
              ':now': epochSeconds(now),
              ':expires': expiresAt,
              ':day': expiryDay,
              ':revision': revision,
              ':one': 1,
              ':by': by,
              ':nth': number,
              ':sealed': sealed,
            },
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      failed => refusalOf(failed, now),
    );
    return readDraft(Attributes, now) as DraftHeader;
  };

  return {
    list: async (owner, now) => {
      const rows = await queryAll(
        { client, table },
        {
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :drafts)',
          ExpressionAttributeValues: { ':pk': `OWNER#${owner}`, ':drafts': 'DRAFT#' },
          ProjectionExpression: summary,
          ConsistentRead: true,
        },
      );
      return rows
        .map(row => readDraft(row, now))
        .filter(draft => draft !== undefined)
        .sort((a, b) => b.updatedAt - a.updatedAt);
    },
    get: async (name, now) => {
      const Item = await rowOf(name);
      const header = readDraft(Item, now);
      return header && { ...header, ...(await openDraft(sealer, name, Item)), saving: savingOf(Item) };
    },
    sent: async (name, now) => readSent(await rowOf(name), now),
    create: async (name, draft, now) => {
      await demandRoom({ client, table }, name.owner, now);
      const saving = draft.saving ?? once();
      const { service, form, formVersion: version } = draft;
      const header = { service, form, version, createdAt: now, ...kept(now), revision: 1 };
      const mark = { savedBy: saving.by, savedNth: saving.number };
      const Item = { ...draftKey(name), ...header, ...mark, sealed: await sealDraft(sealer, name, draft) };
      let own: number | undefined;
      try {
        await whenConditionFails(
          () =>
            client.send(
              new PutCommand({
                TableName: table,
                Item,
                ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
                ExpressionAttributeValues: { ':now': epochSeconds(now) },
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              }),
            ),
          ({ row }) => {
            own = savedBefore(row, saving);
            return isReceipt(row) ? { kind: 'conflict' } : { kind: 'precondition-failed' };
          },
        );
      } catch (error) {
        if (own === undefined) throw error;
        return save(name, { ...draft, saving }, own, now);
      }
      return readDraft(Item, now) as DraftHeader;
    },
    save,
    remove: async (name, revision, now) => {
      const unchanged = revision === undefined ? 'attribute_exists(revision)' : 'revision = :revision';
      await whenConditionFails(
        () =>
          client.send(
            new DeleteCommand({
              TableName: table,
              Key: draftKey(name),
              ConditionExpression: `${unchanged} AND expiresAt > :now`,
              ExpressionAttributeValues: {
                ':now': epochSeconds(now),
                ...(revision !== undefined && { ':revision': revision }),
              },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        failed => (isReceipt(failed.row) ? { kind: 'not-found' } : refusalOf(failed, now)),
      );
    },
  };
};
