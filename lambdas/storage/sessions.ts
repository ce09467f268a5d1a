import { randomBytes } from 'node:crypto';
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
import type { EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import type { MandateInUse } from '../domain/mandate.ts';
import type { Ending, Session } from '../domain/session.ts';
import { idHashOf } from './cookie-sealing.ts';
import { takeRow, whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import { queryAll } from './query.ts';
import { isRegistered } from './registration.ts';
import {
  type Acting,
  endedKey,
  endedMark,
  hintKey,
  type NewSession,
  namesOf,
  openHint,
  type ProviderSession,
  personPk,
  providerPk,
  readSession,
  rowsOf,
  type SignOutHint,
  sealPersonal,
  sessionKey,
} from './session-rows.ts';

/** What is left of a session that was ended before its time. */
export interface EndedSession {
  readonly ended: Ending;
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

const alive = 'attribute_exists(pk) AND attribute_not_exists(ended)';

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
          Key: sessionKey(idHash),
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
        Key: sessionKey(idHash),
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
        new GetCommand({ TableName, Key: sessionKey(idHashOf(cookie)), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      return 'ended' in Item ? { ended: 'signed-out' } : readSession(Item, cookie);
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
      const Item = endedMark(session, now);
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
      const row = await takeRow(client, TableName, hintKey(idHashOf(cookie)));
      return row ? openHint(row, cookie) : {};
    },
  };
  return sessions;
};
