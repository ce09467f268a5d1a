import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentVersion } from '../../web/content/consent/version.ts';
import { code, person, room, sessionOf } from '../identity/room.ts';

const consent = { version: consentVersion, language: 'fi' } as const;
const contact = { email: 'maija@example.fi', channel: 'email', language: 'fi' } as const;
const put = 'PUT /api/profile';

const visit = async (at = room()) => {
  const visitor = at.browser();
  await visitor.signIn();
  return { ...at, visitor };
};

test('the first time: what the registers say, consent, then a folder', async () => {
  const { visitor } = await visit();
  const read = { kind: 'person', name: 'Maija Mallikas', identityCode: code };
  assert.deepEqual((await visitor.get('/api/profile')).body, { registered: false, ...read, revision: 0 });
  const saved = await visitor.send(put, { ...contact, phone: '040 123 4567', revision: 0, consent });
  const answer = {
    ...{ registered: true, ...read, ...contact, phone: '+358401234567', revision: 1 },
    // Used from the beginning, or nobody could be told anything: confirmed when the person likes.
    unconfirmed: ['email', 'phone'],
  };
  assert.deepEqual([saved.status, saved.body], [200, answer]);
  assert.deepEqual((await visitor.get('/api/profile')).body, answer);
  assert.equal((await visitor.get('/api/session')).body.registered, true);
});

test('who signed in, how and when, is written down once there is a folder to write it into', async () => {
  const { visitor, clock, signIns } = await visit();
  const began = clock.now;
  assert.equal(signIns.length, 0);
  clock.now += 60_000;
  await visitor.send(put, { ...contact, revision: 0, consent });
  const [record, ...more] = signIns;
  assert.deepEqual(
    [record?.at, record?.method, record?.name, more.length],
    [began, 'bank', 'Maija Mallikas', 0],
  );
});

test('who is led into a folder registered elsewhere is known by the name their issuer gives them there', async () => {
  const at = room();
  const [here, elsewhere] = [at.browser(), at.browser()];
  await here.signIn();
  await elsewhere.signIn();
  await elsewhere.send(put, { ...contact, revision: 0, consent });
  const [known] = at.subjects.values();
  assert.ok(known);
  at.subjects.clear();
  assert.equal((await here.get('/api/profile')).body.registered, true);
  assert.deepEqual([...at.subjects.values()], [known]);
});

test('without consent to the wording in force nothing is kept', async () => {
  const { visitor, profiles, sessions } = await visit();
  for (const given of [undefined, { version: '2015-01-01', language: 'fi' }]) {
    const refused = await visitor.send(put, { ...contact, revision: 0, consent: given });
    assert.deepEqual([refused.status, refused.body.type], [422, '/problems/consent-required']);
  }
  const session = await sessions.find(sessionOf(visitor) ?? '');
  assert.ok(session && 'owner' in session);
  assert.equal(await profiles.ownerOf(session.identityKeys.owner), undefined);
  assert.equal(await profiles.get(session.owner), undefined);
});

test('name and code cannot be edited, contact details can, by whoever read the newest ones', async () => {
  const { visitor } = await visit();
  await visitor.send(put, { ...contact, revision: 0, consent });
  const changed = {
    email: contact.email,
    phone: '0501234567',
    channel: 'sms',
    language: 'en',
    revision: 1,
    name: 'Joku Muu',
    identityCode: 'x',
  };
  const saved = await visitor.send(put, changed);
  assert.deepEqual(saved.body, {
    ...{ registered: true, kind: 'person', name: 'Maija Mallikas', identityCode: code },
    ...{ email: contact.email, unconfirmed: ['email'], channel: 'sms', language: 'en', revision: 2 },
    ...{ wanted: { phone: '+358501234567' }, codes: { phone: 'sent' } },
  });
  for (const revision of [0, 1, 3]) {
    const stale = await visitor.send(put, { ...contact, revision, consent });
    assert.deepEqual([stale.status, stale.body.type], [412, '/problems/precondition-failed']);
  }
});

test('wrong requests are named by field', async () => {
  const { visitor } = await visit();
  const errors = async (body: unknown) => (await visitor.send(put, body)).body.errors;
  const full = { ...contact, revision: 0, consent };
  assert.deepEqual(await errors({ ...full, email: 'x' }), [{ pointer: '/email', code: 'format' }]);
  assert.deepEqual(await errors({ ...full, channel: 'sms' }), [{ pointer: '/phone', code: 'required' }]);
  for (const [field, value] of [
    ['channel', 'pigeon'],
    ['language', 'de'],
    ['revision', -1],
    ['email', 1],
    ['email', 'a'.repeat(400)],
  ] as const) {
    const list = (await errors({ ...full, [field]: value })) as { pointer: string }[];
    assert.deepEqual(
      list.map(({ pointer }) => pointer),
      [`/${field}`],
    );
  }
});

test('two browsers that register at once make one folder', async () => {
  const at = room();
  const [one, two] = [(await visit(at)).visitor, (await visit(at)).visitor];
  const body = { ...contact, revision: 0, consent };
  const answers = await Promise.all([one.send(put, body), two.send(put, { ...body, language: 'sv' })]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412]);
  const owners = new Set<string>();
  for (const visitor of [one, two]) {
    assert.equal((await visitor.get('/api/profile')).body.registered, true);
    assert.equal((await visitor.get('/api/session')).body.registered, true);
    const session = await at.sessions.find(sessionOf(visitor) ?? '');
    assert.ok(session && 'owner' in session);
    owners.add(session.owner);
  }
  assert.equal(owners.size, 1);
});

test('one person never sees the details of another', async () => {
  const at = room();
  const first = await visit(at);
  await first.visitor.send(put, { ...contact, revision: 0, consent });
  at.state.claims = { ...person, 'urn:oid:1.2.246.21': '020290-9016' };
  const { visitor } = await visit(at);
  assert.equal((await visitor.get('/api/profile')).body.registered, false);
});

test('who got a lasting id since signing in, here or for an organisation, registers under it', async () => {
  const own = await visit();
  const session = await own.sessions.find(sessionOf(own.visitor) ?? '');
  assert.ok(session && 'owner' in session);
  await own.profiles.personOf(session.identityKeys.person, 'lasting');
  assert.equal((await own.visitor.send(put, { ...contact, revision: 0, consent })).status, 200);
  const registered = await own.sessions.find(sessionOf(own.visitor) ?? '');
  assert.ok(registered && 'owner' in registered);
  assert.deepEqual([registered.owner, registered.person], ['lasting', 'lasting']);

  const at = room();
  const visitor = at.browser();
  await visitor.signIn({ as: 'organisation' });
  const acting = await at.sessions.find(sessionOf(visitor) ?? '');
  assert.ok(acting && 'owner' in acting);
  await at.profiles.personOf(acting.identityKeys.person, 'lasting');
  assert.equal((await visitor.send(put, { ...contact, revision: 0, consent })).status, 200);
  const now = await at.sessions.find(sessionOf(visitor) ?? '');
  assert.ok(now && 'owner' in now);
  assert.deepEqual([now.owner, now.person], [acting.owner, 'lasting']);
});

const older = { version: '2025-01-01', language: 'fi', at: 0 } as const;

/** Somebody who agreed to an older wording, and comes back. */
const returned = async () => {
  const at = await visit();
  await at.visitor.send(put, { ...contact, revision: 0, consent });
  const session = await at.sessions.find(sessionOf(at.visitor) ?? '');
  assert.ok(session && 'owner' in session);
  const profile = await at.profiles.get(session.owner);
  assert.ok(profile);
  await at.profiles.replace({ ...profile, consent: older, revision: 2 });
  const back = await visit(at);
  return { ...back, owner: session.owner };
};

test('a new wording is asked for at the next sign-in, before anything else; what was kept stays', async () => {
  const { visitor, profiles, owner } = await returned();
  assert.equal((await visitor.get('/api/session')).body.registered, false);
  const shown = (await visitor.get('/api/profile')).body;
  assert.deepEqual([shown.registered, shown.email, shown.revision], [false, contact.email, 2]);
  assert.equal((await visitor.get('/api/session')).body.registered, false);

  const silent = await visitor.send(put, { ...contact, revision: 2 });
  assert.deepEqual([silent.status, silent.body.type], [422, '/problems/consent-required']);
  assert.deepEqual((await profiles.get(owner))?.consent, older);

  const agreed = await visitor.send(put, { ...contact, revision: 2, consent });
  assert.deepEqual([agreed.status, agreed.body.registered], [200, true]);
  assert.equal((await visitor.get('/api/session')).body.registered, true);
  const kept = await profiles.get(owner);
  assert.deepEqual([kept?.consent.version, kept?.revision], [consentVersion, 3]);
});
