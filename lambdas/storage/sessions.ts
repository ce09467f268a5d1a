import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import type { MandateInUse } from '../domain/mandate.ts';
import { absoluteMs, type Ending, type Session } from '../domain/session.ts';
import { epochSeconds, takeRow, whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import { queryAll } from './query.ts';
import { isRegistered } from './registration.ts';
import { decrypt, encrypt } from './sealing.ts';

/** Parameters of the provider's sign-out. */
export type SignOutHint = Readonly<Record<string, string>>;

export interface NewSession extends Omit<Session, 'idHash' | 'lastUsedAt'> {
  readonly issuer: string;
  /** The provider's own session: what a logout elsewhere names. */
  readonly sid?: string;
  /** The provider's name for the person; a logout elsewhere may name it instead. */
  readonly subject: string;
  /** Parameters that tell the provider, at sign-out, whose session is to end. */
  readonly signOutHint: SignOutHint;
}

/** In whose folder a session acts, and by what right. */
export type Acting = Pick<
  Session,
  'owner' | 'person' | 'kind' | 'registered' | 'identity' | 'identityKeys' | 'mandate'
>;

/** What is left of a session that was ended before its time. */
export interface EndedSession {
  readonly ended: Ending;
}

/** How a logout elsewhere names sessions. */
export interface ProviderSession {
  readonly issuer: string;
  readonly by: 'sid' | 'sub';
  readonly value: string;
}

/** Signed-in browsers. The table knows only the SHA-256 of a cookie; what is personal is sealed by the cookie itself. */
export interface Sessions {
  /**
   * Returns the cookie's value, 256 random bits, base64url. Refuses `session-expired` where the provider has ended
   * its session after the sign-in was begun (`begunAt`; default `startedAt`), or where the folder's profile has been
   * deleted by now: a logout or a deletion may overtake the sign-in.
   */
  create(session: NewSession, begunAt?: EpochMs): Promise<string>;
  /** Read consistently. The caller looks at the clock (`endedByTime`). */
  find(cookie: string): Promise<Session | EndedSession | undefined>;
  /** Writes down a use. A session ended meanwhile stays ended. */
  touch(session: Pick<Session, 'idHash'>, now: EpochMs): Promise<void>;
  /** After the registration, here or in another browser: from now on this folder. Not where another is acted in by now. */
  register(session: Pick<Session, 'idHash' | 'owner'>, owner: OwnerId, person: PersonId): Promise<void>;
  /**
   * From now on for somebody else (an organisation, or oneself again). False where the session has ended or acts in
   * another folder than `before` by now.
   */
  actFor(cookie: string, acting: Acting, before: OwnerId): Promise<boolean>;
  /**
   * By a mandate confirmed anew. False where the session has ended, where the mandate is no longer as it was `before`
   * the register was asked (lost, or confirmed by a newer answer), and where another is acted for by now.
   */
  keepMandate(
    cookie: string,
    acting: Acting & { readonly mandate: MandateInUse },
    before: Pick<Session, 'owner' | 'mandate'>,
  ): Promise<boolean>;
  /** The mandate for the organisation is gone: its folder is closed to this session. Not where another is acted in by now. */
  loseMandate(session: Pick<Session, 'idHash' | 'owner'>): Promise<void>;
  /** Ends a session for good; one already ended or gone is no error. */
  end(idHash: string): Promise<void>;
  /** Ends all that the provider knows by this name (R3.4), whatever browser they are in, and what is just being begun. */
  endAll(session: ProviderSession, now: EpochMs): Promise<void>;
  /** The registered sessions of a human being, in whatever browser and folder; ended ones too, until they are gone. */
  ofPerson(person: PersonId): Promise<readonly string[]>;
  /** Ends every one of them, and nothing leads from the person to them any more. */
  endPerson(person: PersonId): Promise<void>;
  /** What tells the provider whose session is to end, once; empty the second time. */
  takeSignOutHint(cookie: string): Promise<SignOutHint>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The cookie as the table knows it. */
export const idHashOf = (cookie: string): string => sha256(cookie);

/**
 * What is personal in a session is sealed with a key drawn from the cookie, which only the browser has:
 * no key service is asked on the hottest path, and the table by itself opens nothing.
 */
const sealingKey = (cookie: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', cookie, '', 'session', 32));

/** Seals what belongs to a session and lies beside it. */
export const sealByCookie = (cookie: string, text: string): Uint8Array =>
  encrypt(sealingKey(cookie), text, idHashOf(cookie));
/** Throws where it was sealed by another cookie. */
export const openByCookie = (cookie: string, sealed: Uint8Array): string =>
  decrypt(sealingKey(cookie), sealed, idHashOf(cookie));

const key = (idHash: string) => ({ pk: `SESSION#${idHash}`, sk: 'SESSION' });
/** Beside the session, not in it: it is long, and every written use would pay for it. */
const hintKey = (idHash: string) => ({ pk: `SESSION#${idHash}`, sk: 'SIGN-OUT-HINT' });
/** Own rows instead of an index, which lags: a logout that arrives at once must find the session that just began. */
const providerPk = ({ issuer, by, value }: ProviderSession): string =>
  `PROVIDER#${sha256(`${issuer}|${by}|${value}`)}`;

/** Which sessions a person has, by their id; own rows for the same reason. */
const personPk = (person: PersonId): string => `PERSON#${person}`;

/** That all of this name were ended, and when; longer than a sign-in begun before may take (`signInMs`). */
const endedKey = (session: ProviderSession) => ({ pk: providerPk(session), sk: 'ENDED' });
const endedMs = 30 * 60 * 1000;

const living = z.object({
  owner: z.string(),
  person: z.string(),
  kind: z.enum(['person', 'organisation']),
  registered: z.boolean(),
  method: z.string(),
  startedAt: z.number(),
  lastUsedAt: z.number(),
  subjectKey: z.optional(z.string()),
  mandateCheckedAt: z.optional(z.number()),
  mandateLost: z.optional(z.boolean()),
  sealed: z.instanceof(Uint8Array),
});
const personal = z.object({
  identity: z.object({
    name: z.string(),
    identityCode: z.optional(z.string()),
    organisation: z.optional(z.object({ name: z.string(), businessId: z.string() })),
  }),
  identityKeys: z.object({ owner: z.string(), person: z.string() }),
  roles: z.optional(z.array(z.string())),
});

/** What a logout elsewhere may call it. */
const namesOf = ({ issuer, sid, subject }: NewSession): ProviderSession[] => [
  { issuer, by: 'sub', value: subject },
  ...(sid ? [{ issuer, by: 'sid' as const, value: sid }] : []),
];

const hint = z.record(z.string(), z.string());

const toSession = (row: Record<string, unknown>, cookie: string): Session => {
  const { sealed, mandateCheckedAt, mandateLost, ...plain } = living.parse(row);
  const { roles, ...known } = personal.parse(JSON.parse(openByCookie(cookie, sealed)));
  const mandate = mandateCheckedAt !== undefined && {
    roles: roles ?? [],
    checkedAt: mandateCheckedAt,
    isLost: mandateLost === true,
  };
  return { idHash: idHashOf(cookie), ...plain, ...known, ...(mandate && { mandate }) } as Session;
};

const sealPersonal = (
  cookie: string,
  { identity, identityKeys, mandate }: Pick<Acting, 'identity' | 'identityKeys' | 'mandate'>,
): Uint8Array =>
  sealByCookie(cookie, JSON.stringify({ identity, identityKeys, ...(mandate && { roles: mandate.roles }) }));

const alive = 'attribute_exists(pk) AND attribute_not_exists(ended)';

/** Kept an hour past its end, so that a tab left open can be told why. */
const graceMs = 60 * 60 * 1000;

const rowsOf = (session: NewSession, cookie: string) => {
  const { issuer: _issuer, sid: _sid, subject: _subject, ...own } = session;
  const { signOutHint, identity, identityKeys, mandate, ...plain } = own;
  const idHash = idHashOf(cookie);
  const expiresAt = epochSeconds(session.startedAt + absoluteMs + graceMs);
  return [
    {
      ...key(idHash),
      ...plain,
      lastUsedAt: session.startedAt,
      ...(mandate && { mandateCheckedAt: mandate.checkedAt }),
      sealed: sealPersonal(cookie, session),
      expiresAt,
    },
    { ...hintKey(idHash), sealed: sealByCookie(cookie, JSON.stringify(signOutHint)), expiresAt },
    ...namesOf(session).map(name => ({ pk: providerPk(name), sk: idHash, expiresAt })),
    // Before registration the id is only proposed.
    ...(session.registered ? [{ pk: personPk(session.person), sk: idHash, expiresAt }] : []),
  ];
};

/** @param profiles table of those whose folders sessions are let into; where none are, not needed */
export const dynamodbSessions = (
  client: DynamoDBDocumentClient,
  TableName: string,
  profiles?: string,
): Sessions => {
  const update = (idHash: string, UpdateExpression: string, more: Partial<UpdateCommandInput>) =>
    writeUnlessChanged(() =>
      client.send(
        new UpdateCommand({
          TableName,
          Key: key(idHash),
          UpdateExpression,
          ConditionExpression: alive,
          ...more,
        }),
      ),
    );

  const notEnded = (name: ProviderSession, begunAt: EpochMs) => ({
    ConditionCheck: {
      TableName,
      Key: endedKey(name),
      ConditionExpression: 'attribute_not_exists(pk) OR #at <= :begun',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':begun': begunAt },
    },
  });

  /** Found by the person from now on, for as long as the session's own row is there. */
  const listUnder = async (person: PersonId, idHash: string): Promise<void> => {
    const { Item } = await client.send(
      new GetCommand({
        TableName,
        Key: key(idHash),
        ProjectionExpression: 'expiresAt',
        ConsistentRead: true,
      }),
    );
    if (!Item) return;
    const row = { pk: personPk(person), sk: idHash, expiresAt: Item.expiresAt };
    await client.send(new PutCommand({ TableName, Item: row }));
  };

  const sessions: Sessions = {
    create: async (session, begunAt = session.startedAt) => {
      const cookie = randomBytes(32).toString('base64url');
      const puts = rowsOf(session, cookie).map(Item => ({
        Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' },
      }));
      const TransactItems = [
        ...puts,
        ...namesOf(session).map(name => notEnded(name, begunAt)),
        ...(session.registered && profiles ? [isRegistered(profiles, session.owner)] : []),
      ];
      const send = () => client.send(new TransactWriteCommand({ TransactItems }));
      await whenConditionFails(send, ({ index }) => ({
        kind: index < puts.length ? 'conflict' : 'session-expired',
      }));
      return cookie;
    },
    find: async cookie => {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: key(idHashOf(cookie)), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      return 'ended' in Item ? { ended: 'signed-out' } : toSession(Item, cookie);
    },
    touch: async ({ idHash }, now) => {
      await update(idHash, 'SET lastUsedAt = :now', { ExpressionAttributeValues: { ':now': now } });
    },
    register: async ({ idHash, owner: before }, owner, person) => {
      await listUnder(person, idHash);
      await update(idHash, 'SET #owner = :owner, person = :person, registered = :yes', {
        ConditionExpression: `${alive} AND #owner = :before`,
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':person': person, ':yes': true, ':before': before },
      });
    },
    actFor: async (cookie, acting, before) => {
      const { owner, person, kind, registered, mandate } = acting;
      if (registered) await listUnder(person, idHashOf(cookie));
      const set =
        'SET #owner = :owner, person = :person, kind = :kind, registered = :registered, sealed = :sealed';
      return update(
        idHashOf(cookie),
        mandate
          ? `${set}, mandateCheckedAt = :checked REMOVE mandateLost`
          : `${set} REMOVE mandateLost, mandateCheckedAt`,
        {
          ConditionExpression: `${alive} AND #owner = :before`,
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: {
            ':before': before,
            ...{ ':owner': owner, ':person': person, ':kind': kind, ':registered': registered },
            ':sealed': sealPersonal(cookie, acting),
            ...(mandate && { ':checked': mandate.checkedAt }),
          },
        },
      );
    },
    keepMandate: async (cookie, { mandate, ...acting }, before) =>
      update(idHashOf(cookie), 'SET sealed = :sealed, mandateCheckedAt = :checked', {
        ConditionExpression: `${alive} AND #owner = :before AND attribute_not_exists(mandateLost) AND mandateCheckedAt = :asRead`,
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: {
          ...{ ':before': before.owner, ':asRead': before.mandate?.checkedAt ?? 0 },
          ...{ ':sealed': sealPersonal(cookie, { ...acting, mandate }), ':checked': mandate.checkedAt },
        },
      }),
    loseMandate: async ({ idHash, owner }) => {
      await update(idHash, 'SET mandateLost = :yes', {
        ConditionExpression: `${alive} AND #owner = :owner`,
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':yes': true, ':owner': owner },
      });
    },
    end: async idHash => {
      await update(idHash, 'SET ended = :yes REMOVE sealed, #owner, person, subjectKey', {
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':yes': true },
      });
    },
    endAll: async (session, now) => {
      // First, so that a session being made either finds this or is found below.
      const Item = { ...endedKey(session), at: now, expiresAt: epochSeconds(now + endedMs) };
      const mark = () => client.send(new PutCommand({ TableName, Item }));
      await whenConditionFails(mark, () => ({ kind: 'conflict' }));
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': providerPk(session) },
          ConsistentRead: true,
        }),
      );
      const idHashes = Items.map(({ sk }) => String(sk)).filter(sk => sk !== 'ENDED');
      await Promise.all(idHashes.map(sessions.end));
    },
    ofPerson: async person => {
      const rows = await queryAll(
        { client, table: TableName },
        {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': personPk(person) },
          ConsistentRead: true,
        },
      );
      return rows.map(({ sk }) => String(sk));
    },
    endPerson: async person => {
      for (const idHash of await sessions.ofPerson(person)) {
        await sessions.end(idHash);
        await client.send(new DeleteCommand({ TableName, Key: { pk: personPk(person), sk: idHash } }));
      }
    },
    takeSignOutHint: async cookie => {
      const idHash = idHashOf(cookie);
      const row = await takeRow(client, TableName, hintKey(idHash));
      return row ? hint.parse(JSON.parse(openByCookie(cookie, row.sealed as Uint8Array))) : {};
    },
  };
  return sessions;
};
