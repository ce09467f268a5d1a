/** A person of whom every table of the portal keeps something, over DynamoDB Local. */
import { randomBytes, randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { shardOf } from '../../lambdas/domain/digest.ts';
import { compileForm } from '../../lambdas/domain/forms/compile.ts';
import type { Profile } from '../../lambdas/domain/profile.ts';
import { refuse } from '../../lambdas/domain/refusal.ts';
import { type GdprRequest, type GdprScope, gdprAccess } from '../../lambdas/gdpr/access.ts';
import { queryProfile } from '../../lambdas/gdpr/query.ts';
import { removeByProfileSystem } from '../../lambdas/gdpr/remove.ts';
import { api } from '../../lambdas/http/api.ts';
import { chain } from '../../lambdas/http/chain.ts';
import { exportMyData } from '../../lambdas/my-data/export.ts';
import { removeProfile } from '../../lambdas/my-data/remove.ts';
import { accessLog, accessLogReading } from '../../lambdas/storage/access-log.ts';
import { attachments } from '../../lambdas/storage/attachments.ts';
import { confirmationCodes } from '../../lambdas/storage/confirmation-codes.ts';
import { digests } from '../../lambdas/storage/digests.ts';
import { draftKeys } from '../../lambdas/storage/draft-keys.ts';
import { draftWarnings } from '../../lambdas/storage/draft-warnings.ts';
import { drafts } from '../../lambdas/storage/drafts.ts';
import { erasure } from '../../lambdas/storage/erasure.ts';
import { holdings } from '../../lambdas/storage/holdings.ts';
import { sentNotices } from '../../lambdas/storage/notices.ts';
import { dynamodbProfiles, newOwnerId } from '../../lambdas/storage/profiles.ts';
import { replyDrafts } from '../../lambdas/storage/reply-drafts.ts';
import { sentFacts } from '../../lambdas/storage/sent-facts.ts';
import { dynamodbSessions, type Sessions } from '../../lambdas/storage/sessions.ts';
import { subjectKeyOf, subjects } from '../../lambdas/storage/subjects.ts';
import { audience, issuer, publisher } from '../gdpr/tokens.ts';
import { environment } from '../http/call.ts';
import { caseStore, message, monday, sealer, submission } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, tables } from '../storage/dynamodb-local.ts';
import { bundledPages } from './pages.ts';

const { form } = compileForm({
  id: 'koirailmoitus',
  schema: {
    type: 'object',
    properties: {
      dog: { type: 'object', properties: { name: { type: 'string', title: 'Nimi' } } },
    },
  },
  uiSchema: {},
  settings: {},
});

/** Words that only this person's rows hold. */
export const words = {
  name: 'Maija Mallikas',
  email: 'maija@example.fi',
  draft: 'Luonnos-Musti',
  answer: 'Lähetetty-Musti',
  message: 'Lähetättekö todistuksen?',
  reply: 'Keskeneräinen vastaus',
  file: 'todistus.pdf',
  purpose: 'Hakemuksen käsittely',
} as const;

export const house = async ({ client }: DynamodbLocal) => {
  const { renderMyData } = await bundledPages();
  const removed: string[] = [];
  const store = caseStore(client);
  const caseTable = { client, table: tables.cases };
  const draftTable = { client, table: tables.drafts, sealer };
  const sessions = dynamodbSessions(client, tables.sessions);
  const profiles = dynamodbProfiles(client, tables.profiles, sealer);
  const files = attachments({ client, table: tables.attachments, drafts: tables.drafts, sealer });
  const names = subjects({ client, table: tables.profiles });
  const log = accessLog({ client, table: tables.accessLog, sealer });
  const shared = { access: 'session', environment, sessions, now: () => monday, log: () => {} } as const;
  const erasing = erasure(client, tables, {
    remove: async ({ id }, file) => {
      removed.push(`${id}/${file}`);
    },
  });
  let onErased: (() => Promise<unknown>) | undefined;
  /** What others do once the first rows of the next deletion have gone. */
  const meanwhile = (others: () => Promise<unknown>): void => {
    onErased = others;
  };
  let onLooked: (() => Promise<unknown>) | undefined;
  /** The same once the next deletion has looked whether there is anything to be found. */
  const afterLook = (others: () => Promise<unknown>): void => {
    onLooked = others;
  };
  const held = holdings(client, tables);
  const removing = {
    cases: store.cases,
    holdings: {
      ...held,
      isFindable: async (owner: string) => {
        const isFindable = await held.isFindable(owner);
        const others = onLooked;
        onLooked = undefined;
        await others?.();
        return isFindable;
      },
    },
    erasure: {
      ...erasing,
      erase: async (held: Parameters<typeof erasing.erase>[0]) => {
        await erasing.erase(held);
        const others = onErased;
        onErased = undefined;
        await others?.();
      },
    },
    sessions,
    now: () => monday,
  };
  const remove = api(request => removeProfile(request, removing), shared);
  const collecting = {
    ...store,
    profiles,
    attachments: files,
    drafts: drafts(draftTable),
    facts: sentFacts(draftTable),
    notices: sentNotices({ client, table: tables.digests }),
    accessLog: accessLogReading({ client, table: tables.accessLog, sealer }),
  };
  const takeAlong = api(
    request =>
      exportMyData(request, {
        ...collecting,
        forms: {
          get: async id => (id === form?.id ? form : refuse({ kind: 'not-found' })),
        },
        city: { fi: 'Kaupunki', sv: 'Staden', en: 'The city' },
        page: { render: renderMyData, stylePolicy: "'none'" },
      }),
    shared,
  );

  /** As at sign-in: only where somebody is registered. */
  const signIn = (owner: string, key: string) =>
    newSession(owner, key, 'none', true, dynamodbSessions(client, tables.sessions, tables.profiles));

  const newSession = (
    owner: string,
    key: string,
    subjectKey = 'none',
    registered = true,
    store: Pick<Sessions, 'create'> = sessions,
  ) =>
    store.create({
      ...{ owner, person: owner, kind: 'person', registered, method: 'bank', startedAt: monday },
      identity: { name: words.name, identityCode: '010190-900P' },
      identityKeys: { owner: key, person: key },
      ...{ issuer: 'https://issuer.example', subject: randomUUID(), sid: randomUUID(), signOutHint: {} },
      subjectKey,
    });

  /** Registered, with a draft and its file, an unfinished answer, notices sent and waiting, and signed in. */
  const person = async () => {
    const [owner, key] = [newOwnerId(), `key-${randomUUID()}`];
    const profile: Profile = {
      ...{ owner, kind: 'person', name: words.name, identityCode: '010190-900P' },
      ...{ email: words.email, channel: 'email', language: 'fi', revision: 1 },
      consent: { version: '2026-11-01', language: 'fi', at: monday },
    };
    await profiles.register(profile, { owner: key, person: key }, owner);
    const { draft, file } = await draftWithFile(owner);
    await draftKeys(draftTable).of(owner);
    await draftWarnings({ client, table: tables.drafts }).claim(owner, '2026-12-24', monday);
    const codes = confirmationCodes({ client, table: tables.sessions, sealer });
    await codes.issue(owner, key, { field: 'email', address: words.email }, monday);
    const { caseNumber } = await consented(owner);
    await store.deliveries.acknowledge('suostumus', caseNumber);
    await log.addSignIn({ at: monday, owner, person: owner, name: words.name, method: 'bank' });
    const subject = randomUUID();
    const subjectKey = subjectKeyOf(issuer, subject);
    await names.know(subjectKey, { owner, identityKey: key });
    const open = () => newSession(owner, key, subjectKey);
    const [cookie, elsewhere] = [await open(), await open()];
    return { owner, key, subject, subjectKey, cookie, elsewhere, draft, file };
  };

  /** Drafts of so many characters in all, of which no two are alike, or all. */
  const filled = async (owner: string, characters: number, isRandom: boolean): Promise<void> => {
    const each = 360_000;
    for (let count = 0; count * each < characters; count++) {
      const text = isRandom ? randomBytes(each).toString('base64').slice(0, each) : 'a'.repeat(each);
      await drafts(draftTable).create(
        { owner, id: randomUUID() },
        {
          ...{ form: 'koirailmoitus', formVersion: form?.version ?? '', service: 'koirailmoitus' },
          ...{ language: 'fi', page: 0, answers: { dog: { name: text } } },
        },
        monday,
      );
    }
  };

  const draftWithFile = async (owner: string): Promise<{ draft: string; file: string }> => {
    const [draft, file] = [randomUUID(), randomUUID()];
    await drafts(draftTable).create(
      { owner, id: draft },
      {
        ...{ form: 'koirailmoitus', formVersion: form?.version ?? '', service: 'koirailmoitus' },
        ...{ language: 'fi', page: 0, answers: { dog: { name: words.draft } } },
      },
      monday,
    );
    const announced = { id: file, name: words.file, size: 3, sha256: 'ab', type: 'application/pdf' };
    await files.announce({ owner, id: draft }, { ...announced, state: 'uploaded' }, monday);
    return { draft, file };
  };

  /** A form that is never stored, which is a consent form too. */
  const consented = (owner: string) =>
    store.submissions.deliver({
      ...{
        owner,
        person: owner,
        draft: randomUUID(),
        digest: 'one',
        at: monday,
        signedInAt: monday,
        consent: true,
      },
      ...{ service: 'suostumus', form: 'suostumus', formVersion: '0123456789ab' },
      applicant: { kind: 'person', name: 'Toimitettu' },
      ...{ language: 'fi', answers: {}, salt: 'salt' },
    });

  /** A sent case, an official's message to it, a digest about it sent and another waiting, and an official's look. */
  const sentCase = async (owner: string): Promise<string> => {
    const { content } = submission(owner, '');
    const answers = { dog: { name: words.answer } };
    const sent = submission(owner, randomUUID(), {
      formVersion: form?.version ?? '',
      content: { ...content, answers },
    });
    const { caseNumber } = await store.submissions.submit(sent);
    const tell = (key: string) =>
      store.events.add(message(owner, caseNumber, key, { body: { type: 'message', text: words.message } }));
    await tell('first');
    await digestSent(owner);
    await tell('second');
    await replyDrafts({ ...caseTable, sealer }).save(
      { owner, person: owner, caseNumber },
      { text: words.reply, savedAt: monday },
    );
    const by = { kind: 'department', client: 'local-department', name: 'Toimiala' } as const;
    await log.addReading({ at: monday, owner, caseNumber, by, what: 'case', purpose: words.purpose });
    return caseNumber;
  };

  const digestSent = async (owner: string): Promise<void> => {
    const book = digests({ client, table: tables.digests });
    const mark = (await book.waiting(shardOf(owner))).find(one => one.owner === owner);
    const claim = mark && (await book.claim(mark, '2026-11-23T10:00:00+02:00', monday));
    if (claim) await book.finish(claim, 'sent');
  };

  const known = { subjects: names, issuer };
  const door = (scope: GdprScope) => ({
    ...{ environment, now: () => monday, log: () => {}, fromElsewhere: 'all' as const },
    admit: gdprAccess({ issuer, audience, scope }, publisher().fetcher),
  });
  const gdprQuery = chain<GdprRequest>(
    request => queryProfile(request, { ...collecting, ...known, log }),
    door('gdprquery'),
  );
  const gdprRemove = chain<GdprRequest>(
    request => removeByProfileSystem(request, { ...removing, ...known }),
    door('gdprdelete'),
  );
  return {
    ...{
      person,
      filled,
      draftWithFile,
      log,
      consented,
      sentCase,
      newSession,
      signIn,
      meanwhile,
      afterLook,
      remove,
      takeAlong,
      gdprQuery,
      gdprRemove,
    },
    ...{
      removed,
      profiles,
      sessions,
      removing,
      subjects: names,
      events: store.events,
      deliveries: store.deliveries,
      submissions: store.submissions,
    },
  };
};

/** Every row of every table, as text, by table. */
export const everything = async ({ client }: DynamodbLocal): Promise<Readonly<Record<string, string[]>>> =>
  Object.fromEntries(
    await Promise.all(
      Object.values(tables).map(async TableName => {
        const { Items = [] } = await client.send(new ScanCommand({ TableName }));
        return [TableName, Items.map(textOf).sort()] as const;
      }),
    ),
  );

const textOf = (item: Record<string, unknown>): string =>
  JSON.stringify(item, (_, value) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    return value instanceof Set ? [...value] : value;
  });

/** Rows that name somebody: table and kind of row. */
export const naming = (rows: Readonly<Record<string, string[]>>, id: string): string[] =>
  Object.entries(rows)
    .flatMap(([table, texts]) =>
      texts
        .filter(text => text.includes(id))
        .map(text => `${table} ${String(JSON.parse(text).sk).split('#')[0]}`),
    )
    .sort();
