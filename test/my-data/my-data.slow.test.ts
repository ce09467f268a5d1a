import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { call } from '../http/call.ts';
import { monday, submission } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { everything, house, naming, words } from './life.ts';

describe('my data', { skip: dynamodbLocalIsMissing() }, () => {
  let engine: DynamodbLocal;
  let home: Awaited<ReturnType<typeof house>>;
  before(async () => {
    engine = await startDynamodbLocal();
    home = await house(engine);
  });
  after(() => engine.stop());

  const remove = (session: string, query: Record<string, string> = {}) =>
    call(home.remove, { route: 'DELETE /api/profile', session, query });
  const counts = (body: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      (body.deletes as { what: string; count: number }[]).map(({ what, count }) => [what, count]),
    );

  test('a dry run says what the deletion then does, and changes not a row', async () => {
    const { owner, cookie } = await home.person();
    const caseNumber = await home.sentCase(owner);
    const before = await everything(engine);
    const dry = await remove(cookie, { dryRun: 'true' });
    assert.equal(dry.status, 200, dry.text);
    assert.deepEqual(await everything(engine), before);
    assert.equal(dry.body.dryRun, true);
    assert.deepEqual(counts(dry.body), {
      ...{ profile: 1, draft: 2, file: 1, receipt: 2, consent: 1, notification: 2, session: 2 },
      technical: 3,
    });
    const keeps = dry.body.keeps as {
      code: string;
      message: Record<string, string>;
      caseNumbers?: string[];
    }[];
    assert.deepEqual(
      keeps.map(({ code, caseNumbers }) => [code, caseNumbers]),
      [
        ['CASE_IN_PROGRESS', [caseNumber]],
        ['ACCESS_LOG', undefined],
      ],
    );
    for (const { message } of keeps) assert.deepEqual(Object.keys(message), ['fi', 'sv', 'en']);
    for (const wrong of [{ dryRun: 'yes' }, { dryRun: '' }, { dryRun: 'TRUE' }, { dryrun: 'true' }])
      assert.equal(
        (await remove(cookie, wrong as Record<string, string>)).status,
        400,
        JSON.stringify(wrong),
      );
    assert.equal((await remove(cookie, { dry_run: 'true' })).body.dryRun, true);
    assert.deepEqual(await everything(engine), before);

    const real = await remove(cookie);
    assert.equal(real.status, 200, real.text);
    assert.deepEqual({ ...real.body, dryRun: true }, dry.body);
  });

  test('of somebody without cases nothing is left but the log of who looked; nobody else loses a thing', async () => {
    const other = await home.person();
    await home.sentCase(other.owner);
    const person = await home.person();
    const others = naming(await everything(engine), other.owner);
    assert.ok(naming(await everything(engine), person.owner).length > 10);
    assert.equal((await remove(person.cookie)).status, 200);
    const rows = await everything(engine);
    assert.deepEqual(naming(rows, person.owner), ['AccessLog SIGN-IN', 'Cases DELETED']);
    assert.deepEqual(naming(rows, person.key), []);
    assert.deepEqual(naming(rows, other.owner), others);
    assert.ok(
      rows.Sessions?.some(text => text.includes('"pk":"CODES-SENT#')),
      'how many codes were sent is counted on',
    );
    assert.ok(home.removed.includes(`${person.draft}/${person.file}`), 'the file itself too');
  });

  test('cases stay as they are and can be found again; every session has ended', async () => {
    const { owner, key, cookie, elsewhere } = await home.person();
    await home.sentCase(owner);
    const of = async (table: string) =>
      (await everything(engine))[table]?.filter(
        text => text.includes(owner) && !/"sk":"(CONSENT#|DRAFT#|DELETED)/.test(text),
      );
    const before = await of('Cases');
    assert.equal((await remove(cookie)).status, 200);
    assert.deepEqual(await of('Cases'), before);
    const left = naming(await everything(engine), owner).map(row => row.split(' ')[0]);
    assert.deepEqual([...new Set(left)].sort(), ['AccessLog', 'Cases', 'Profiles']);
    for (const session of [cookie, elsewhere]) assert.equal((await remove(session)).status, 401);
    assert.equal(await home.profiles.ownerOf(key), owner);
    assert.equal(await home.profiles.get(owner), undefined);
    // Who returns registers anew, in the same folder.
    const again = { owner, kind: 'person', name: words.name, channel: 'email', language: 'fi' } as const;
    const consent = { version: '2026-11-01', language: 'fi', at: 1 } as const;
    await home.profiles.register(
      { ...again, email: words.email, consent, revision: 1 },
      { owner: key, person: key },
      owner,
    );
  });

  test('a deletion that breaks off anywhere is finished by the next', async () => {
    for (let failing = 0; failing < 8; failing++) {
      const { owner, key, subjectKey } = await home.person();
      const subject = { owner, identityKey: key, subjectKey };
      const held = await home.removing.holdings.of(subject);
      await home.removing.erasure.erase(held.slice(0, failing));
      const session = await home.newSession(owner, key, subjectKey);
      assert.equal((await remove(session)).status, 200);
      const left = naming(await everything(engine), owner);
      assert.ok(
        left.every(row => row.startsWith('AccessLog ') || row === 'Cases DELETED'),
        left.join(),
      );
    }
  });

  test('who sends a case while the rest goes is led to it still, and whoever signed in meanwhile is out', async () => {
    const { owner, key, subjectKey, cookie } = await home.person();
    let late = '';
    home.meanwhile(async () => {
      late = await home.newSession(owner, key, subjectKey);
      await home.sentCase(owner);
    });
    assert.equal((await remove(cookie)).status, 200);
    assert.equal(await home.profiles.get(owner), undefined);
    assert.equal(await home.profiles.ownerOf(key), owner);
    assert.deepEqual(await home.subjects.find(subjectKey), { owner, identityKey: key });
    assert.deepEqual(await home.sessions.find(late), { ended: 'signed-out' });
  });

  test('a draft that is saved while the rest goes, goes too with its file; what comes with a new registration stays', async () => {
    const late = async (hasCase: boolean, registersAnew: boolean) => {
      const { owner, key, cookie } = await home.person();
      const profile = (await home.profiles.get(owner)) ?? assert.fail();
      if (hasCase) await home.sentCase(owner);
      let written = { draft: '', file: '' };
      home.meanwhile(async () => {
        written = await home.draftWithFile(owner);
        if (registersAnew) await home.profiles.register(profile, { owner: key, person: key }, owner);
      });
      assert.equal((await remove(cookie)).status, 200);
      const left = naming(await everything(engine), written.draft);
      return { left, isRemoved: home.removed.includes(`${written.draft}/${written.file}`) };
    };
    for (const hasCase of [false, true])
      assert.deepEqual(await late(hasCase, false), { left: [], isRemoved: true }, `case: ${hasCase}`);
    const kept = await late(false, true);
    assert.deepEqual(kept, { left: ['Attachments FILE', 'Drafts DRAFT'], isRemoved: false });
  });

  test('who was let in before sends nothing once the last look for cases is over, and who signs in anew does', async () => {
    const { owner, key, cookie } = await home.person();
    const late: PromiseSettledResult<unknown>[] = [];
    // At the very moment between the look and the removal of what leads to the folder.
    home.afterLook(async () => {
      late.push(...(await Promise.allSettled([home.sentCase(owner), home.consented(owner)])));
    });
    assert.equal((await remove(cookie)).status, 200);
    assert.deepEqual(
      late.map(result => result.status === 'rejected' && result.reason.reason),
      Array(2).fill({ kind: 'session-expired', ended: 'signed-out' }),
    );
    assert.equal(await home.profiles.ownerOf(key), undefined);
    assert.deepEqual(naming(await everything(engine), owner), ['AccessLog SIGN-IN', 'Cases DELETED']);
    const anew = submission(owner, randomUUID(), { signedInAt: monday + 1 });
    assert.ok((await home.submissions.submit(anew)).caseNumber);
  });

  test('a registration at the last moment keeps what leads to it; a sign-in that comes too late opens nothing', async () => {
    const { owner, key, subjectKey, cookie } = await home.person();
    const profile = (await home.profiles.get(owner)) ?? assert.fail();
    const attempts: PromiseSettledResult<unknown>[] = [];
    home.afterLook(async () => {
      attempts.push(...(await Promise.allSettled([home.signIn(owner, key)])));
      await home.subjects.know(randomUUID(), { owner, identityKey: key });
      await home.profiles.register(profile, { owner: key, person: key }, owner);
    });
    assert.equal((await remove(cookie)).status, 200);
    assert.deepEqual(
      attempts.map(result => result.status === 'rejected' && result.reason.reason.kind),
      ['session-expired'],
    );
    assert.equal(await home.profiles.ownerOf(key), owner);
    assert.deepEqual(await home.subjects.find(subjectKey), { owner, identityKey: key });
    const subjects = naming(await everything(engine), owner).filter(row => row === 'Profiles SUBJECT');
    assert.equal(subjects.length, 2, 'one name, in its own row and beside the profile');
  });

  test('what still waits for its department is named as kept, with its receipt, until the department has it', async () => {
    const { owner, key, cookie, subjectKey } = await home.person();
    const { caseNumber } = await home.consented(owner);
    const { body } = await remove(cookie);
    const keeps = body.keeps as { code: string; caseNumbers?: string[] }[];
    assert.deepEqual(keeps[0]?.code, 'DELIVERY_PENDING');
    assert.deepEqual(keeps[0]?.caseNumbers, [caseNumber]);
    const left = () => everything(engine).then(rows => naming(rows, owner).sort());
    const look = ['Profiles IDENTITY', 'Profiles SUBJECT', 'Profiles SUBJECT'];
    assert.deepEqual(await left(), ['AccessLog SIGN-IN', 'Cases DELETED', 'Drafts DRAFT', ...look]);
    await home.deliveries.acknowledge('suostumus', caseNumber);
    const again = await remove(await home.newSession(owner, key, subjectKey));
    assert.deepEqual(
      (again.body.keeps as { code: string }[]).map(({ code }) => code),
      ['ACCESS_LOG'],
    );
    assert.deepEqual(await left(), ['AccessLog SIGN-IN', 'Cases DELETED']);
  });

  test('every name the issuer has for the person goes, but none that leads to another folder by now', async () => {
    const { owner, key, cookie, subjectKey } = await home.person();
    const [before, moved] = [randomUUID(), randomUUID()];
    await home.subjects.know(before, { owner, identityKey: key });
    await home.subjects.know(moved, { owner, identityKey: key });
    const another = await home.person();
    const elsewhere = { owner: another.owner, identityKey: another.key };
    await home.subjects.know(moved, elsewhere);
    assert.equal((await remove(cookie)).status, 200);
    for (const gone of [subjectKey, before]) assert.equal(await home.subjects.find(gone), undefined);
    assert.deepEqual(await home.subjects.find(moved), elsewhere);
  });

  test('an identity that leads to a newer folder is left to it', async () => {
    const [old, newer] = [await home.person(), await home.person()];
    const subject = { owner: old.owner, identityKey: newer.key };
    await home.removing.erasure.erase(await home.removing.holdings.of(subject));
    const led = { what: 'technical', table: 'profiles', leadsTo: old.owner } as const;
    await home.removing.erasure.erase([{ ...led, key: { pk: `IDENTITY#${newer.key}`, sk: 'IDENTITY' } }]);
    assert.equal(await home.profiles.ownerOf(newer.key), newer.owner);
  });

  const takeAlong = async (session: string, query: Record<string, string> = {}) =>
    call(home.takeAlong, { route: 'GET /api/profile/export', session, query });

  test('everything is taken along: all of one’s own words, none of another’s, no id that only the portal knows', async () => {
    const stranger = await home.person();
    const foreign = await home.sentCase(stranger.owner);
    const { owner, key, cookie } = await home.person();
    const caseNumber = await home.sentCase(owner);
    const json = await takeAlong(cookie);
    assert.equal(json.status, 200, json.text);
    assert.match(json.headers['content-disposition'] ?? '', /^attachment; filename="omat-tiedot\.json"$/);
    for (const word of [
      ...Object.values(words),
      caseNumber,
      '010190-900P',
      'suostumus',
      '2026-11-23T10:00:00+02:00',
    ])
      assert.ok(json.text.includes(word), word);
    for (const hidden of [owner, key, foreign, stranger.owner])
      assert.ok(!json.text.includes(hidden), hidden);

    const page = await takeAlong(cookie, { as: 'html', language: 'sv' });
    for (const word of [
      'Mina uppgifter',
      'Staden',
      ...Object.values(words).filter(word => word !== words.reply),
    ])
      assert.ok(page.text.includes(word), word);
    assert.ok(!page.text.includes('<script'));

    const packed = await takeAlong(cookie, { as: 'zip', language: 'en' });
    assert.equal(packed.headers['content-type'], 'application/zip');
    const files = unzipSync(Buffer.from(packed.text, 'base64'));
    assert.deepEqual(Object.keys(files), [
      'my-data/my-data.html',
      'my-data/my-data.json',
      'my-data/SHA256SUMS',
    ]);
    assert.deepEqual(JSON.parse(strFromU8(files['my-data/my-data.json'] as Uint8Array)), json.body);
    assert.equal((await takeAlong(cookie, { as: 'pdf' })).status, 400);
  });

  test('what does not fit into an answer comes packed; what does not fit packed either is refused in words', async () => {
    const alike = await home.person();
    await home.filled(alike.owner, 4_100_000, false);
    for (const as of ['json', 'html', 'zip']) {
      const packed = await takeAlong(alike.cookie, { as });
      assert.equal(packed.headers['content-type'], 'application/zip', as);
      const files = unzipSync(Buffer.from(packed.text, 'base64'));
      const { drafts } = JSON.parse(strFromU8(files['omat-tiedot/my-data.json'] as Uint8Array));
      assert.equal(drafts.length, 13);
    }
    const varied = await home.person();
    await home.filled(varied.owner, 5_700_000, true);
    const refused = await takeAlong(varied.cookie);
    assert.deepEqual([refused.status, refused.body.type], [422, '/problems/answer-too-large']);
  });

  test('of a long log the newest are collected, and it is said where the others are', async () => {
    const { owner, cookie } = await home.person();
    const by = { kind: 'department', client: 'local-department', name: 'Toimiala' } as const;
    const look = (minute: number) =>
      home.log.addReading({
        ...{ at: monday - minute * 60_000, owner, caseNumber: 'HEL-2026-000001', by, what: 'case' },
      });
    for (let at = 0; at < 2_040; at += 60)
      await Promise.all(Array.from({ length: 60 }, (_, each) => look(at + each)));
    const { body } = await takeAlong(cookie);
    const readings = body.readings as { at: number }[];
    assert.equal(readings.length, 2_000);
    assert.equal(readings[0]?.at, monday);
    const last = readings.at(-1)?.at ?? 0;
    assert.equal(last, monday - 1_999 * 60_000);
    const cursor = new URL(String(body.olderReadings), 'https://portal.example').searchParams.get('cursor');
    assert.ok(
      Buffer.from(cursor ?? '', 'base64url')
        .toString()
        .startsWith(new Date(last).toISOString()),
    );
    assert.equal(body.olderSignIns, undefined);
    const page = await takeAlong(cookie, { as: 'html', language: 'sv' });
    assert.ok(page.text.includes('Äldre anteckningar'));
  });

  test('who does not agree to a new wording can take everything along and have it deleted; who has nothing here, not', async () => {
    const { owner, key, cookie } = await home.person();
    const outside = await home.newSession(owner, key, 'none', false);
    const taken = await takeAlong(outside);
    assert.equal(taken.status, 200, taken.text);
    assert.ok(taken.text.includes(words.draft));
    assert.equal((await remove(outside)).status, 200);
    for (const ended of [outside, cookie]) assert.equal((await remove(ended)).status, 401);
    assert.deepEqual(naming(await everything(engine), owner), ['AccessLog SIGN-IN', 'Cases DELETED']);
    const newcomer = await home.newSession('newcomer', 'newcomer-key', 'none', false);
    for (const answer of [await takeAlong(newcomer), await remove(newcomer)])
      assert.deepEqual([answer.status, answer.body.type], [403, '/problems/registration-required']);
  });

  test('an organisation has no such right', async () => {
    const { owner, key } = await home.person();
    const session = await home.sessions.create({
      ...{ owner: 'organisation', person: owner, kind: 'organisation', registered: true, method: 'bank' },
      startedAt: Date.parse('2026-11-23T10:00:00+02:00'),
      identity: { name: words.name, organisation: { name: 'Suunnistajat ry', businessId: '0000000-0' } },
      identityKeys: { owner: 'organisation-key', person: key },
      mandate: { roles: [], checkedAt: Date.parse('2026-11-23T10:00:00+02:00'), isLost: false },
      ...{ issuer: 'https://issuer.example', subject: 'subject', signOutHint: {} },
    });
    for (const answer of [await remove(session), await takeAlong(session)])
      assert.deepEqual([answer.status, answer.body.type], [403, '/problems/persons-only']);
  });
});
