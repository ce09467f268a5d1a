import { createHash, randomUUID } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { canonicalJson } from '../domain/canonical.ts';
import type {
  Actor,
  CaseEvent,
  CaseHeader,
  CaseNumber,
  EpochMs,
  EventBody,
  OwnerId,
} from '../domain/case.ts';
import { leavesCourse } from '../domain/course.ts';
import { shardOf } from '../domain/digest.ts';
import { eventTime, type Opening, withEvent } from '../domain/folder.ts';
import { refuse } from '../domain/refusal.ts';
import type { Status } from '../domain/status.ts';
import { waitsAfter } from '../domain/waiting.ts';
import { caseKey, headerKey } from './case-keys.ts';
import { actorOf, writeEvent } from './case-rows.ts';
import { queryEvents } from './cases.ts';
import { leavePlace } from './course-rows.ts';
import { epochSeconds } from './dynamodb.ts';
import { readHeader, writeNewest, writeWaitsBy } from './header-rows.ts';
import type { Sealer } from './sealing.ts';
import { type Outcome, transact, type Write } from './transaction.ts';

/** What a writer of an event is told, the same however often they ask. */
export interface EventReceipt {
  readonly event: { readonly id: string; readonly sequence: number; readonly at: EpochMs };
  readonly revision: number;
}

export interface NewEvent {
  readonly owner: OwnerId;
  readonly caseNumber: CaseNumber;
  readonly body: EventBody;
  readonly actor: Actor;
  readonly now: EpochMs;
  /** The writer's Idempotency-Key. */
  readonly key: string;
  /** The revision the writer saw; refuses `precondition-failed` when the case has moved on. */
  readonly ifRevision?: number;
  /** Judges the event against the case as it is now: refuses, or names the status that follows. */
  readonly judge: (header: CaseHeader, events: () => Promise<readonly PastEvent[]>) => Promise<Status>;
  /** Whether the folder's owner is to be told by a digest. */
  readonly tell: boolean;
  /** What must happen with the event or not at all. */
  readonly along?: readonly Write[];
  /** Refuses in its own words where nothing but `along` stood in the way; `conflict` where it does not. One entry a write. */
  readonly hindered?: (outcome: Outcome) => void;
}

/** What a judgement may look at; nothing that anybody wrote. */
export type PastEvent = Pick<CaseEvent, 'type' | 'actor' | 'at'>;

/** The one way a case grows after it was sent: by one event, gapless, with everything that derives from it. */
export interface CaseEvents {
  /** Refuses `not-found`, `idempotency-key-reused`, `precondition-failed`, and whatever the judgement refuses. */
  add(event: NewEvent): Promise<EventReceipt>;
}

/** Days an Idempotency-Key is remembered. */
const keyDays = 7;
const dayMs = 24 * 60 * 60 * 1000;
/** Writers of one case that may come at once; each round one of them gets through. */
const rounds = 40;

const keyRow = z.object({
  hash: z.string(),
  expiresAt: z.number(),
  receipt: z.object({
    event: z.object({ id: z.string(), sequence: z.number(), at: z.number() }),
    revision: z.number(),
  }),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const writer = (actor: Actor): string => {
  if (actor.kind === 'portal') return 'portal';
  return actor.kind === 'citizen' ? `citizen ${actor.person}` : `department ${actor.client}`;
};

/** Every writer has keys of their own. */
const keySort = ({ actor, key }: NewEvent): string => `KEY#${sha256(`${writer(actor)}\n${key}`)}`;

const firstAnswer = (row: unknown, event: NewEvent): EventReceipt | undefined => {
  const read = keyRow.safeParse(row);
  if (!read.success || read.data.expiresAt <= epochSeconds(event.now)) return undefined;
  if (read.data.hash !== sha256(canonicalJson(event.body))) refuse({ kind: 'idempotency-key-reused' });
  return read.data.receipt;
};

export interface CaseEventsGround {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly cases: string;
  /** Absent for those who never have anybody told. */
  readonly digests?: string;
  readonly sealer: Sealer;
}

export const caseEvents = ({ client, cases, digests, sealer }: CaseEventsGround): CaseEvents => {
  const get = async (Key: { pk: string; sk: string }): Promise<unknown> =>
    (await client.send(new GetCommand({ TableName: cases, Key, ConsistentRead: true }))).Item;

  /** The header, and what an earlier call with the same key was told. */
  const read = async (event: NewEvent) => {
    const { owner, caseNumber } = event;
    const [header, earlier] = await Promise.all([
      get(headerKey(owner, caseNumber)),
      get({ pk: caseKey(owner, caseNumber), sk: keySort(event) }),
    ]);
    return {
      header: header === undefined ? undefined : readHeader(header),
      earlier: firstAnswer(earlier, event),
    };
  };

  const past = async ({ owner, caseNumber }: NewEvent): Promise<readonly PastEvent[]> =>
    (await queryEvents({ client, table: cases }, owner, caseNumber)).map(row => ({
      type: row.type,
      actor: actorOf(row),
      at: row.at,
    }));

  const putKey = (event: NewEvent, receipt: EventReceipt): Write => ({
    Put: {
      TableName: cases,
      Item: {
        pk: caseKey(event.owner, event.caseNumber),
        sk: keySort(event),
        hash: sha256(canonicalJson(event.body)),
        receipt,
        expiresAt: epochSeconds(event.now + keyDays * dayMs),
      },
      ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
      ExpressionAttributeValues: { ':now': epochSeconds(event.now) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  const writesFor = async (event: NewEvent, before: CaseHeader, status: Status) => {
    const { owner, caseNumber, actor, body, tell, now, along = [] } = event;
    const at = eventTime(before, now);
    const by = actor.kind === 'citizen' ? { by: actor.person } : {};
    const isLetter = body.type === 'message' && actor.kind === 'department';
    const { waitsFor: _, ...moved } = withEvent(before, { at, status, ...by, isLetter });
    const waitsFor = waitsAfter(before, body, actor);
    const newest = { type: body.type, by: actor.kind };
    const after: CaseHeader = { ...moved, newest, ...(waitsFor && { waitsFor }) };
    const added = { ...body, id: randomUUID(), sequence: after.revision, at, actor };
    const receipt = { event: { id: added.id, sequence: added.sequence, at }, revision: after.revision };
    const row = { ...(await writeEvent(sealer, owner, caseNumber, added)), ...openedBefore(before) };
    const writes: Write[] = [
      putKey(event, receipt),
      updateHeader(cases, before, after),
      { Put: { TableName: cases, Item: row, ConditionExpression: 'attribute_not_exists(pk)' } },
      ...(tell && digests !== undefined ? [markForDigest(digests, owner, caseNumber, at)] : []),
      ...leaving(cases, before, status),
      ...along,
    ];
    return { receipt, writes };
  };

  return {
    add: async event => {
      for (let round = 0; round < rounds; round++) {
        const { header, earlier } = await read(event);
        if (!header) return refuse({ kind: 'not-found' });
        if (earlier) return earlier;
        if (event.ifRevision !== undefined && event.ifRevision !== header.revision)
          return refuse({ kind: 'precondition-failed' });
        const status = await event.judge(header, () => past(event));
        const { receipt, writes } = await writesFor(event, header, status);
        const outcome = await transact(client, writes);
        if (outcome === undefined) return receipt;
        demandAlong(event, outcome);
      }
      return refuse({ kind: 'unavailable' });
    },
  };
};

/** The case itself may be read again and the event tried anew; what was to happen along with it stays as it is. */
const demandAlong = ({ along = [], hindered }: NewEvent, outcome: Outcome): void => {
  const own = outcome.length - along.length;
  if (outcome.slice(0, own).some(Boolean)) return;
  hindered?.(outcome.slice(own));
  refuse({ kind: 'conflict' });
};

/** What was opened before this event: the header's own note of it is written over by the next opening. */
const openedBefore = ({ seenAt: to, openedAt: at }: CaseHeader): { opened?: Opening } =>
  to !== undefined && at !== undefined ? { opened: { to, at } } : {};

/** Whoever ends a registration, and by whichever word: its place is free with it (R6.6). */
const leaving = (table: string, { place, status: before }: CaseHeader, status: Status): Write[] =>
  place && leavesCourse(status) && !leavesCourse(before) ? [leavePlace(table, place)] : [];

/** Moves the header by one revision, provided nobody else has and nobody has opened the case since it was read. */
const updateHeader = (table: string, before: CaseHeader, after: CaseHeader): Write => {
  const optional = {
    contentBy: after.contentUpdatedBy,
    othersAt: after.othersUpdatedAt,
    ...(after.letters !== before.letters && { msgs: after.letters }),
    newest: after.newest && writeNewest(after.newest),
    waitsBy: after.waitsFor && writeWaitsBy(after.waitsFor),
  };
  const set = Object.entries(optional).filter(([, value]) => value !== undefined);
  const removed = Object.keys(optional).filter(name => !set.some(([kept]) => kept === name));
  // `eventAt` is what the folder's newest are found by: a case that was only sent has none, and its sending costs no index.
  const assignments = [
    '#status = :status',
    'updatedAt = :at',
    'contentAt = :at',
    'eventAt = :at',
    'revision = :revision',
  ];
  return {
    Update: {
      TableName: table,
      Key: headerKey(before.owner, before.caseNumber),
      // The opening is taken along by the event: one that came between would be written down nowhere.
      ConditionExpression: `revision = :before AND ${before.seenAt === undefined ? 'attribute_not_exists(seenAt)' : 'seenAt = :seen'}`,
      UpdateExpression: [
        `SET ${[...assignments, ...set.map(([name]) => `${name} = :${name}`)].join(', ')}`,
        ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
      ].join(' '),
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':before': before.revision,
        ...(before.seenAt !== undefined && { ':seen': before.seenAt }),
        ':revision': after.revision,
        ':status': after.status,
        ':at': after.updatedAt,
        ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
};

/** Commutes with every other mark and with a digest under way (`storage/digests.ts`), so it needs no condition. */
const markForDigest = (table: string, owner: OwnerId, caseNumber: CaseNumber, at: EpochMs): Write => ({
  Update: {
    TableName: table,
    Key: { pk: `SHARD#${shardOf(owner)}`, sk: owner },
    UpdateExpression:
      'SET changedAt = :at, since = if_not_exists(since, :at), #state = if_not_exists(#state, :waiting) ADD cases :case',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':at': at, ':waiting': 'waiting', ':case': new Set([caseNumber]) },
  },
});
