import { createHash, randomBytes } from 'node:crypto';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { keptUntil, lookedAt, type Reading, type SignInRecord } from '../domain/access-log.ts';
import type { CaseNumber, EpochMs, OwnerId } from '../domain/case.ts';
import { epochSeconds, type Row, writeUnlessChanged } from './dynamodb.ts';
import type { Table } from './query.ts';
import type { Sealer } from './sealing.ts';

/**
 * Who has looked into folders, and who has signed in. Entries are added and never changed; whoever writes them cannot
 * read them: no role has both rights, but for the answer to the city's profile system, which is made of the log too.
 */
export interface AccessLog {
  /**
   * Resolves once it is written: only then may the reader be answered. What a human being reads of one case within a
   * minute is one entry: a page asks for its parts one by one.
   */
  addReading(reading: Reading): Promise<void>;
  /** Into the log of the folder, and for an organisation's folder into the human being's own too. */
  addSignIn(record: SignInRecord): Promise<void>;
}

export interface LogPage<Entry> {
  readonly items: readonly Entry[];
  /** Where the next page goes on, when more follow. */
  readonly next?: string;
}

/**
 * The newest first, 25 a page unless `limit` says otherwise; `after` is the `next` of the page before. Entries past their
 * time are left out.
 */
export interface AccessLogReading {
  readings(owner: OwnerId, now: EpochMs, after?: string, limit?: number): Promise<LogPage<Reading>>;
  /** By an index, so that the newest may be missing for a moment. */
  readingsOfCase(
    owner: OwnerId,
    caseNumber: CaseNumber,
    now: EpochMs,
    after?: string,
  ): Promise<LogPage<Reading>>;
  signIns(owner: OwnerId, now: EpochMs, after?: string, limit?: number): Promise<LogPage<SignInRecord>>;
}

type Ground = Table & { readonly sealer: Sealer };

const pageSize = 25;
const byCase = 'ByCase';
type Kind = 'READING' | 'SIGN-IN';

const ownerPk = (owner: OwnerId): string => `OWNER#${owner}`;
/** Attribute of the index: the readings of one case. */
const matterOf = (owner: OwnerId, caseNumber: CaseNumber): string => `${owner}#${caseNumber}`;
/** ISO times of one length sort as they follow each other. */
const sortOf = (kind: Kind, at: EpochMs, name: Buffer): string =>
  `${kind}#${new Date(at).toISOString()}#${name.subarray(0, 12).toString('base64url')}`;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const wholeMinute = (at: EpochMs): EpochMs => at - (at % 60_000);
const place = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w-]{16}$/;
const placeOf = (sk: unknown): string => String(sk).replace(/^[A-Z-]+#/, '');
const context = (pk: string, sk: string): string => `access|${pk}|${sk}`;

export const accessLog = ({ client, table, sealer }: Ground): AccessLog => {
  /** A place that is taken already is this very entry, written before: by a try whose answer was lost, where it is random. */
  const add = async (
    owner: OwnerId,
    kind: Kind,
    at: EpochMs,
    sealed: object,
    plain: object = {},
    name: Buffer = randomBytes(12),
  ) => {
    const [pk, sk] = [ownerPk(owner), sortOf(kind, at, name)];
    const put = new PutCommand({
      TableName: table,
      Item: {
        ...{ pk, sk, at, ...plain, expiresAt: epochSeconds(keptUntil(at)) },
        sealed: await sealer.seal(JSON.stringify(sealed), context(pk, sk)),
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await writeUnlessChanged(() => client.send(put));
  };
  return {
    addReading: ({ owner, at, caseNumber, ...reading }) => {
      const { by, what } = reading;
      const human = by.kind === 'representative' ? by.person : undefined;
      return add(
        owner,
        'READING',
        human === undefined ? at : wholeMinute(at),
        // The key tells the minute at most.
        { ...reading, at, caseNumber },
        // Of no case: in the list of all readings, and in no case's.
        caseNumber === undefined ? {} : { matter: matterOf(owner, caseNumber) },
        human === undefined ? undefined : sha256(`${human}|${caseNumber}|${what}`),
      );
    },
    addSignIn: async ({ owner, at, ...record }) => {
      await add(owner, 'SIGN-IN', at, record);
      if (record.person !== owner) await add(record.person, 'SIGN-IN', at, record);
    },
  };
};

const looker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('department'), client: z.string(), name: z.string() }),
  z.object({ kind: z.literal('profile-system'), name: z.string() }),
  z.object({ kind: z.literal('representative'), person: z.string(), name: z.string() }),
]);
const reading = z.object({
  at: z.optional(z.number()),
  caseNumber: z.optional(z.string()),
  by: looker,
  what: z.enum(lookedAt),
  file: z.optional(z.string()),
  purpose: z.optional(z.string()),
});
const signIn = z.object({
  person: z.string(),
  name: z.string(),
  method: z.string(),
  organisation: z.optional(z.string()),
});
const row = z.object({
  pk: z.string(),
  sk: z.string(),
  at: z.number(),
  expiresAt: z.number(),
  sealed: z.instanceof(Uint8Array),
});

export const accessLogReading = ({ client, table, sealer }: Ground): AccessLogReading => {
  const open = async <Entry>(found: Row, schema: z.ZodMiniType<Entry>) => {
    const { pk, sk, at, sealed } = row.parse(found);
    return { at, ...schema.parse(JSON.parse(await sealer.open(sealed, context(pk, sk)))) };
  };

  const page = async <Entry>(
    owner: OwnerId,
    now: EpochMs,
    schema: z.ZodMiniType<Entry>,
    query: Omit<QueryCommand['input'], 'TableName'>,
  ): Promise<LogPage<Entry & { readonly at: EpochMs; readonly owner: OwnerId }>> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({ TableName: table, ScanIndexForward: false, Limit: pageSize, ...query }),
    );
    const living = Items.filter(item => Number(item.expiresAt) > epochSeconds(now));
    const items = await Promise.all(living.map(async item => ({ owner, ...(await open(item, schema)) })));
    // The minute that a key tells may be earlier than what it holds.
    items.sort((one, other) => other.at - one.at);
    return { items, ...(LastEvaluatedKey && { next: placeOf(LastEvaluatedKey.sk) }) };
  };

  const startAt = (owner: OwnerId, kind: Kind, after: string | undefined) =>
    after !== undefined && place.test(after) ? { pk: ownerPk(owner), sk: `${kind}#${after}` } : undefined;

  const ofOwner = (owner: OwnerId, kind: Kind, after: string | undefined, Limit = pageSize) => ({
    Limit,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :kind)',
    ExpressionAttributeValues: { ':pk': ownerPk(owner), ':kind': `${kind}#` },
    ExclusiveStartKey: startAt(owner, kind, after),
    ConsistentRead: true,
  });

  const ofCase = (owner: OwnerId, caseNumber: CaseNumber, after: string | undefined) => {
    const matter = matterOf(owner, caseNumber);
    const start = startAt(owner, 'READING', after);
    return {
      IndexName: byCase,
      KeyConditionExpression: 'matter = :matter',
      ExpressionAttributeValues: { ':matter': matter },
      ExclusiveStartKey: start && { ...start, matter, at: Date.parse(after?.split('#')[0] ?? '') },
    };
  };

  // What was sealed without a file or purpose has none, rather than an undefined one.
  return {
    readings: (owner, now, after, limit) =>
      page(owner, now, reading, ofOwner(owner, 'READING', after, limit)) as Promise<LogPage<Reading>>,
    readingsOfCase: (owner, caseNumber, now, after) =>
      page(owner, now, reading, ofCase(owner, caseNumber, after)) as Promise<LogPage<Reading>>,
    signIns: (owner, now, after, limit) =>
      page(owner, now, signIn, ofOwner(owner, 'SIGN-IN', after, limit)) as Promise<LogPage<SignInRecord>>,
  };
};
