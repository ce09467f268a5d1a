import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs, OwnerId } from '../domain/case.ts';
import { draftExpiry } from '../domain/draft.ts';
import type { Reason } from '../domain/refusal.ts';
import {
  type Draft,
  type DraftContent,
  type DraftHeader,
  type DraftName,
  draftKey,
  isReceipt,
  openDraft,
  readDraft,
  sealDraft,
} from './draft-rows.ts';
import { epochSeconds, type FailedCondition, whenConditionFails } from './dynamodb.ts';
import { queryAll, type Table } from './query.ts';
import type { Sealer } from './sealing.ts';

export interface DraftToSave extends DraftContent {
  readonly form: string;
  readonly formVersion: string;
}

/** Forms begun and not yet sent (R6.3). Each is kept 90 days after it was last saved. */
export interface Drafts {
  /** Newest first; no answers. */
  list(owner: OwnerId, now: EpochMs): Promise<readonly DraftHeader[]>;
  get(name: DraftName, now: EpochMs): Promise<Draft | undefined>;
  /** Refuses `precondition-failed` when there is one already, `conflict` when it was sent. */
  create(name: DraftName, draft: DraftToSave & { service: string }, now: EpochMs): Promise<DraftHeader>;
  /**
   * Saves over the revision that was read. Refuses `not-found`, `precondition-failed` when it was saved elsewhere
   * meanwhile or is another form's, `conflict` when it was sent.
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

export const drafts = ({ client, table, sealer }: Table & { readonly sealer: Sealer }): Drafts => ({
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
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: draftKey(name), ConsistentRead: true }),
    );
    const header = readDraft(Item, now);
    return header && { ...header, ...(await openDraft(sealer, name, Item)) };
  },
  create: async (name, draft, now) => {
    const expiresAt = epochSeconds(draftExpiry(now));
    const { service, form, formVersion: version } = draft;
    const header = { service, form, version, createdAt: now, updatedAt: now, expiresAt, revision: 1 };
    const Item = { ...draftKey(name), ...header, sealed: await sealDraft(sealer, name, draft) };
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
      ({ row }) => (isReceipt(row) ? { kind: 'conflict' } : { kind: 'precondition-failed' }),
    );
    return readDraft(Item, now) as DraftHeader;
  },
  save: async (name, draft, revision, now) => {
    const sealed = await sealDraft(sealer, name, draft);
    const { Attributes } = await whenConditionFails(
      () =>
        client.send(
          new UpdateCommand({
            TableName: table,
            Key: draftKey(name),
            UpdateExpression:
              'SET version = :version, updatedAt = :at, expiresAt = :expires, revision = :next, sealed = :sealed',
            ConditionExpression: 'revision = :revision AND form = :form AND expiresAt > :now',
            ExpressionAttributeValues: {
              ':version': draft.formVersion,
              ':form': draft.form,
              ':at': now,
              ':now': epochSeconds(now),
              ':expires': epochSeconds(draftExpiry(now)),
              ':revision': revision,
              ':next': revision + 1,
              ':sealed': sealed,
            },
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      failed => refusalOf(failed, now),
    );
    return readDraft(Attributes, now) as DraftHeader;
  },
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
});
