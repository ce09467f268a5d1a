import { randomBytes, randomUUID } from 'node:crypto';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { OwnerId, PersonId } from '../domain/case.ts';
import { contactFields } from '../domain/contact.ts';
import type { Warning } from '../domain/contact-change.ts';
import { languages } from '../domain/language.ts';
import type { Profile } from '../domain/profile.ts';
import { whenConditionFails, writeUnlessChanged } from './dynamodb.ts';
import { profileKey } from './registration.ts';
import type { Sealer } from './sealing.ts';
import { warningRow } from './warnings.ts';

/** Look-up keys (`identity-keys.ts`) of a folder and of the human being who acts; the same for a person's own. */
export interface Keys {
  readonly owner: string;
  readonly person: string;
}

/** Who has a folder, and how to reach them. Names, codes and addresses are sealed. */
export interface Profiles {
  /** The random id behind a look-up key. There is one as soon as somebody has registered or acted for an organisation. */
  ownerOf(identityKey: string): Promise<OwnerId | undefined>;
  /** Makes the human being's id lasting: `proposed`, or the one there already is. */
  personOf(identityKey: string, proposed: PersonId): Promise<PersonId>;
  /** Undefined for somebody who has not registered. */
  get(owner: OwnerId): Promise<Profile | undefined>;
  /** The first time (R4.1). Refuses `precondition-failed` when somebody else was first, here or in another browser. */
  register(profile: Profile, keys: Keys, person: PersonId): Promise<void>;
  /**
   * Replaces the profile that has the revision before this one's, and writes down with it what is owed to the addresses
   * it has lost. Refuses `precondition-failed` when it has another.
   */
  replace(profile: Profile, owed?: readonly Warning[]): Promise<void>;
}

/** 128 random bits, 22 characters; says nothing about anybody. */
export const newOwnerId = (): OwnerId => randomBytes(16).toString('base64url');

const plain = z.object({
  channel: z.enum(['email', 'sms']),
  language: z.enum(languages),
  consent: z.object({ version: z.string(), language: z.enum(languages), at: z.number() }),
  revision: z.number(),
  sealed: z.instanceof(Uint8Array),
});
const addresses = { email: z.optional(z.string()), phone: z.optional(z.string()) };
const contact = {
  ...addresses,
  wanted: z.optional(z.object(addresses)),
  confirmed: z.optional(z.object({ email: z.optional(z.number()), phone: z.optional(z.number()) })),
  leaving: z.optional(z.enum(contactFields)),
};
const personal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), name: z.string(), identityCode: z.optional(z.string()), ...contact }),
  z.object({ kind: z.literal('organisation'), name: z.string(), businessId: z.string(), ...contact }),
]);

const identityPk = (identityKey: string): string => `IDENTITY#${identityKey}`;
const context = (owner: OwnerId): string => `profile|${owner}`;

const toRow = async (profile: Profile, sealer: Sealer) => {
  const { owner, channel, language, consent, revision, ...rest } = profile;
  const sealed = await sealer.seal(JSON.stringify(rest), context(owner));
  return { ...profileKey(owner), channel, language, consent, revision, sealed };
};

const toProfile = async (owner: OwnerId, row: Record<string, unknown>, sealer: Sealer): Promise<Profile> => {
  const { sealed, ...rest } = plain.parse(row);
  return {
    owner,
    ...rest,
    ...personal.parse(JSON.parse(await sealer.open(sealed, context(owner)))),
  } as Profile;
};

const stale = () => ({ kind: 'precondition-failed' }) as const;

export const dynamodbProfiles = (
  client: DynamoDBDocumentClient,
  TableName: string,
  sealer: Sealer,
): Profiles => {
  const read = async (Key: Record<string, string>) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const ownerOf = async (identityKey: string): Promise<OwnerId | undefined> =>
    (await read({ pk: identityPk(identityKey), sk: 'IDENTITY' }))?.owner;

  /** Free, or ours already: the id a key leads to never changes. */
  const claim = (identityKey: string, owner: OwnerId) => ({
    TableName,
    Item: { pk: identityPk(identityKey), sk: 'IDENTITY', owner },
    ConditionExpression: 'attribute_not_exists(pk) OR #owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': owner },
  });

  return {
    ownerOf,
    personOf: async (identityKey, proposed) => {
      const existing = await ownerOf(identityKey);
      if (existing !== undefined) return existing;
      const written = await writeUnlessChanged(() =>
        client.send(new PutCommand(claim(identityKey, proposed))),
      );
      return written ? proposed : ((await ownerOf(identityKey)) ?? proposed);
    },
    get: async owner => {
      const row = await read(profileKey(owner));
      return row && toProfile(owner, row, sealer);
    },
    register: async (profile, keys, person) => {
      const Item = await toRow(profile, sealer);
      const claims = [
        claim(keys.owner, profile.owner),
        ...(keys.person === keys.owner ? [] : [claim(keys.person, person)]),
      ];
      const puts = [{ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }, ...claims];
      const TransactItems = puts.map(Put => ({ Put }));
      await whenConditionFails(() => client.send(new TransactWriteCommand({ TransactItems })), stale);
    },
    replace: async (profile, owed = []) => {
      const change = randomUUID();
      const put = {
        TableName,
        Item: { ...(await toRow(profile, sealer)), change },
        // The client's second try, where the answer to the first was lost, finds its own change.
        ConditionExpression: 'revision = :before OR #change = :change',
        ExpressionAttributeNames: { '#change': 'change' },
        ExpressionAttributeValues: { ':before': profile.revision - 1, ':change': change },
      };
      const rows = await Promise.all(owed.map(warning => warningRow(warning, sealer)));
      const puts = [put, ...rows.map(Item => ({ TableName, Item }))];
      const TransactItems = puts.map(Put => ({ Put }));
      await whenConditionFails(() => client.send(new TransactWriteCommand({ TransactItems })), stale);
    },
  };
};
