import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { CaseNumber, OwnerId } from '../domain/case.ts';
import { shardOf } from '../domain/digest.ts';
import type { Held } from '../domain/my-data.ts';
import { type FileName, readFile } from './attachment-rows.ts';
import { caseKey, numberKey, ownerKey, replySort } from './case-keys.ts';
import { markSort } from './deletion-marks.ts';
import type { Row } from './dynamodb.ts';
import { queryAll } from './query.ts';
import { subjectPk, subjectPrefix, subjectSort } from './subjects.ts';

/** Whose data it is, by every name the portal knows them by. */
export interface DataSubject {
  readonly owner: OwnerId;
  /** What the folder is found by (`identity-keys.ts`). */
  readonly identityKey: string;
  /** What the city's other systems find it by (`subjects.ts`). */
  readonly subjectKey?: string | undefined;
}

/** Table names. */
export interface HoldingTables {
  readonly profiles: string;
  readonly drafts: string;
  readonly attachments: string;
  readonly cases: string;
  readonly digests: string;
  readonly sessions: string;
}

type Table = keyof HoldingTables;

/** One row that may go. */
export interface Holding {
  readonly what: Held;
  readonly table: Table;
  readonly key: { readonly pk: string; readonly sk: string };
  /** A file that no case has: its bytes go before its row. */
  readonly file?: FileName;
  /** Whoever is found by it: it goes last, and only while it is theirs and nothing of theirs is left to be found. */
  readonly leadsTo?: OwnerId;
}

/**
 * Every row that is about a person and is not kept by law. What may go is asked for by whole partitions, so that a kind of
 * row that comes later is not forgotten; what is kept is named here and nowhere else: cases with their events and numbers
 * (a place on a course and the folder's card belong to them), the mark that all was deleted (`deletion-marks.ts`), what waits
 * for its department, what an address is still owed (`warnings.ts`, which names nobody), and the log of who looked.
 * Sessions are ended by themselves.
 */
export interface Holdings {
  of(subject: DataSubject): Promise<readonly Holding[]>;
  /** Something to be found: a case, a profile, or what waits for its department. Read consistently. */
  isFindable(owner: OwnerId): Promise<boolean>;
  /** Forms that are never stored and wait for their department still: their receipts stay as long. */
  waiting(owner: OwnerId): Promise<readonly CaseNumber[]>;
}

const startsWith = (sk: string, kinds: Readonly<Record<string, Held>>): Held =>
  Object.entries(kinds).find(([prefix]) => sk.startsWith(prefix))?.[1] ?? 'technical';

/** A sent draft leaves a receipt in its place. */
const draftKind = (row: Row): Held => {
  const kind = startsWith(String(row.sk), { 'DRAFT#': 'draft' });
  return kind === 'draft' && row.caseNumber !== undefined ? 'receipt' : kind;
};

const headerPrefix = 'CASE#';
const isKept = ({ sk }: Row): boolean => String(sk).startsWith(headerPrefix);
const isSubject = ({ sk }: Row): boolean => String(sk).startsWith(subjectPrefix);

/** Cases looked into at once. */
const together = 16;

const keyOf = ({ pk, sk }: Row) => ({ pk: String(pk), sk: String(sk) });

export const holdings = (client: Pick<DynamoDBDocumentClient, 'send'>, tables: HoldingTables): Holdings => {
  const partition = (table: Table, pk: string): Promise<readonly Row[]> =>
    queryAll(
      { client, table: tables[table] },
      {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      },
    );

  const one = async (table: Table, pk: string, sk: string): Promise<readonly Row[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tables[table],
        KeyConditionExpression: 'pk = :pk AND sk = :sk',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        ConsistentRead: true,
      }),
    );
    return Items;
  };

  const held = (table: Table, rows: readonly Row[], kind: (row: Row) => Held): Holding[] =>
    rows.map(row => ({ what: kind(row), table, key: keyOf(row) }));

  /** A file of a case stays with it; one that was not handed over is nobody's but the person's. */
  const files = async (pk: string): Promise<Holding[]> =>
    (await partition('attachments', pk))
      .filter(row => row.caseNumber === undefined || row.added === 'staged')
      .map(row => ({ what: 'file', table: 'attachments', key: keyOf(row), file: readFile(row) }));

  /** Rows that there is one of, or none, for each of these. */
  const ofEach = async <Of>(
    all: readonly Of[],
    find: (each: Of) => Promise<readonly Row[]>,
  ): Promise<readonly Row[]> => {
    const found: Row[] = [];
    for (let at = 0; at < all.length; at += together)
      found.push(...(await Promise.all(all.slice(at, at + together).map(find))).flat());
    return found;
  };

  /** Answers to messages that are not finished: the one thing in a case that was never sent. */
  const replies = async (owner: OwnerId, headers: readonly Row[]): Promise<Holding[]> => {
    const numbers = headers.map(({ sk }) => String(sk).slice(headerPrefix.length));
    const found = await ofEach(numbers, number => one('cases', caseKey(owner, number), replySort(owner)));
    return held('cases', found, () => 'draft');
  };

  /** The department's acknowledgement takes the number along: one that is there still has not arrived. */
  const waitingAmong = async (drafts: readonly Row[]): Promise<ReadonlySet<CaseNumber>> => {
    const numbers = drafts.filter(({ stored }) => stored === false).map(row => String(row.caseNumber));
    const there = await ofEach(numbers, number => one('cases', numberKey(number).pk, numberKey(number).sk));
    return new Set(there.map(({ pk }) => String(pk).slice(numberKey('').pk.length)));
  };

  const waiting: Holdings['waiting'] = async owner => [
    ...(await waitingAmong(await partition('drafts', ownerKey(owner)))),
  ];

  /**
   * By what the person is found. The name that a system may be asking by just now goes after everything else: where the
   * deletion breaks off, it is asked for again and finds the rest.
   */
  const lookUps = async ({ owner, identityKey, subjectKey }: DataSubject, listed: readonly Row[]) => {
    const isAsking = ({ sk }: Row) => subjectKey !== undefined && sk === subjectPk(subjectKey);
    const others = listed.filter(row => !isAsking(row));
    const rows = [
      ...(await one('profiles', `IDENTITY#${identityKey}`, 'IDENTITY')),
      ...(await Promise.all(others.map(({ sk }) => one('profiles', String(sk), subjectSort)))).flat(),
      ...listed,
      ...(subjectKey === undefined ? [] : await one('profiles', subjectPk(subjectKey), subjectSort)),
    ];
    return held(
      'profiles',
      rows.filter(row => row.owner === owner),
      () => 'technical',
    ).map(holding => ({ ...holding, leadsTo: owner }));
  };

  return {
    isFindable: async owner => {
      const found = await Promise.all([
        one('profiles', ownerKey(owner), 'PROFILE'),
        partition('cases', ownerKey(owner)),
        waiting(owner),
      ]);
      return found[0].length > 0 || found[1].some(isKept) || found[2].length > 0;
    },
    waiting,
    of: async subject => {
      const { owner } = subject;
      const pk = ownerKey(owner);
      const [drafts, attachments, cases, digests, sent, codes, profile] = await Promise.all([
        partition('drafts', pk),
        files(pk),
        partition('cases', pk),
        one('digests', `SHARD#${shardOf(owner)}`, owner),
        partition('digests', `SENT#${owner}`),
        partition('sessions', `CODE#${owner}`),
        partition('profiles', pk),
      ]);
      const headers = cases.filter(isKept);
      const pending = await waitingAmong(drafts);
      // Who has cases is still led to them: they are read, and asked about, by whom they concern.
      const isLed = headers.length > 0 || pending.size > 0;
      return [
        // Drafts first: one that is gone cannot be sent with its files any more. What finds the person goes last.
        ...held(
          'drafts',
          drafts.filter(row => !pending.has(String(row.caseNumber))),
          draftKind,
        ),
        ...(await replies(owner, headers)),
        ...attachments,
        ...held(
          'cases',
          cases.filter(row => !isKept(row) && row.sk !== markSort),
          ({ sk }) => startsWith(String(sk), { 'CONSENT#': 'consent' }),
        ),
        ...held('digests', [...digests, ...sent], () => 'notification'),
        ...held('sessions', codes, () => 'technical'),
        ...held(
          'profiles',
          profile.filter(row => !isSubject(row)),
          ({ sk }) => startsWith(String(sk), { PROFILE: 'profile' }),
        ),
        ...(isLed ? [] : await lookUps(subject, profile.filter(isSubject))),
      ];
    },
  };
};
