import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mandateMs } from '../../lambdas/domain/mandate.ts';
import { askedAnHour, choosingMs } from '../../lambdas/storage/mandates.ts';
import { consentVersion } from '../../web/content/consent/version.ts';
import { type Browser, code, organisation, otherCode, person, room, sessionOf } from '../identity/room.ts';

const registration = {
  ...{ email: 'seura@example.fi', channel: 'email', language: 'fi', revision: 0 },
  consent: { version: consentVersion, language: 'fi' },
} as const;
const second = { businessId: '0737546-2', name: 'Toinen Oy', roles: ['TJ'] };

/** Somebody who is registered and acts for the organisation, registered too. */
const representative = async (at = room()) => {
  const visitor = at.browser();
  await visitor.signIn();
  await visitor.send('PUT /api/profile', registration);
  await visitor.choose('/api/auth/mandate');
  await visitor.send('PUT /api/profile', registration);
  return { ...at, visitor };
};

const sessionIn = async ({ sessions }: ReturnType<typeof room>, visitor: Browser) => {
  const found = await sessions.find(sessionOf(visitor) ?? '');
  assert.ok(found && 'owner' in found);
  return found;
};

const mandate = (visitor: Browser) => visitor.get('/api/mandate').then(({ body }) => body);
const act = (visitor: Browser, businessId: string | null) =>
  visitor.send('PUT /api/mandate', { organisation: businessId });
const problemOf = ({ body }: { body: Readonly<Record<string, unknown>> }) => body.type;

test('who has one organisation acts for it at once, and lands where they were going', async () => {
  const at = room();
  const visitor = at.browser();
  const landed = await visitor.signIn({ as: 'organisation', return: '/sv/blankett/karta/' });
  assert.equal(landed.headers.location, '/sv/registrera/?return=%2Fsv%2Fblankett%2Fkarta%2F');
  await visitor.send('PUT /api/profile', registration);
  const again = await at.browser().signIn({ as: 'katso', return: '/sv/blankett/karta/' });
  assert.equal(again.headers.location, '/sv/blankett/karta/');
  const { kind, organisation: shown, roles } = (await visitor.get('/api/session')).body;
  assert.deepEqual(
    [kind, shown, roles],
    ['organisation', { businessId: organisation.businessId, name: organisation.name }, ['NIMKO']],
  );
});

test('who has several is asked here, and acts for none before', async () => {
  const at = room();
  at.registered.held.set(code, [organisation, second]);
  const visitor = at.browser();
  const landed = await visitor.signIn({ as: 'organisation', return: '/fi/lomake/kartta/' });
  assert.equal(
    landed.headers.location,
    '/fi/kenen-puolesta/?reason=several&return=%2Ffi%2Flomake%2Fkartta%2F',
  );
  assert.equal((await sessionIn(at, visitor)).kind, 'person');
  assert.deepEqual((await mandate(visitor)).mandates, [organisation, second]);
  const chosen = await act(visitor, second.businessId);
  assert.deepEqual(chosen.body.organisation, { businessId: second.businessId, name: second.name });
});

test('switches between organisations and back to oneself without identifying again, each with a folder of its own', async () => {
  const at = await representative();
  const { visitor } = at;
  at.registered.held.set(code, [organisation, second]);
  const first = await sessionIn(at, visitor);
  const cookie = sessionOf(visitor);
  await act(visitor, second.businessId);
  const other = await sessionIn(at, visitor);
  assert.equal((await act(visitor, null)).body.organisation, undefined);
  const own = await sessionIn(at, visitor);
  await act(visitor, organisation.businessId);
  const back = await sessionIn(at, visitor);
  assert.equal(sessionOf(visitor), cookie);
  assert.equal(new Set([first.owner, other.owner, own.owner]).size, 3);
  assert.deepEqual([back.owner, back.person, back.registered], [first.owner, first.person, true]);
  assert.deepEqual(
    [own.person, own.kind, own.mandate, own.registered],
    [own.owner, 'person', undefined, true],
  );
  assert.equal(first.person, own.owner, 'the human being stays one');
  assert.equal(other.registered, false, 'and each organisation gives its own consent');
});

test('an organisation’s folder opens only once it is written down who opens it', async () => {
  const at = await representative();
  await act(at.visitor, null);
  const written = at.signIns.length;
  at.log.fails = true;
  assert.equal((await act(at.visitor, organisation.businessId)).status, 500);
  assert.equal((await sessionIn(at, at.visitor)).kind, 'person');
  at.log.fails = false;
  await act(at.visitor, organisation.businessId);
  assert.equal((await sessionIn(at, at.visitor)).kind, 'organisation');
  assert.equal(at.signIns.length, written + 1);
});

test('what a page does in the folder it was opened in is not done in another that was switched to meanwhile', async () => {
  const at = await representative();
  const save = (folder: string) =>
    at.visitor.send('POST /api/profile/codes', {}, { headers: { 'x-folder': folder } });
  const refused = (folder: string) => save(folder).then(({ body }) => body.type === '/problems/conflict');
  assert.deepEqual(
    [await refused(organisation.businessId), await refused('self'), await refused(second.businessId)],
    [false, true, true],
  );
  const back = await at.visitor.send(
    'PUT /api/mandate',
    { organisation: null },
    { headers: { 'x-folder': second.businessId } },
  );
  assert.equal(back.status, 200, 'to switch, no page is too old');
  assert.deepEqual([await refused(organisation.businessId), await refused('self')], [true, false]);
});

test('nobody acts for an organisation the register does not name, whatever was held before', async () => {
  const at = await representative();
  assert.equal(problemOf(await act(at.visitor, second.businessId)), '/problems/mandate-lost');
  assert.equal((await sessionIn(at, at.visitor)).mandate?.isLost, false, 'the one in use is not lost for it');
  at.registered.held.set(code, []);
  await act(at.visitor, null);
  assert.equal(problemOf(await act(at.visitor, organisation.businessId)), '/problems/mandate-lost');
  assert.equal((await sessionIn(at, at.visitor)).kind, 'person');
});

test('a mandate is asked for anew once an hour, not sooner', async () => {
  const at = await representative();
  const asked = () => at.registered.asked;
  const before = asked();
  at.clock.now += mandateMs - 1;
  assert.equal((await at.visitor.get('/api/profile')).status, 200);
  assert.equal(asked(), before);
  at.clock.now += 1;
  assert.equal((await at.visitor.get('/api/profile')).status, 200);
  assert.equal(asked(), before + 1);
  assert.equal((await at.visitor.get('/api/profile')).status, 200);
  assert.equal(asked(), before + 1);
});

test('an organisation’s details are changed by a right that holds at this moment', async () => {
  const at = await representative();
  const address = { channel: 'email', value: 'toinen@example.fi', code: '123456' };
  // Each with the mandate in use again: what one finds lost is lost for the next.
  for (const route of ['PUT /api/profile', 'POST /api/profile/codes', 'POST /api/profile/confirmations']) {
    at.registered.held.set(code, [organisation]);
    await act(at.visitor, null);
    await act(at.visitor, organisation.businessId);
    at.registered.held.set(code, []);
    const before = at.registered.asked;
    const { body } = await at.visitor.send(route, { ...registration, ...address });
    assert.deepEqual([body.type, at.registered.asked], ['/problems/mandate-lost', before + 1], route);
  }
});

test('what was begun for one organisation is not confirmed by the right to act for another', async () => {
  const at = await representative();
  at.registered.held.set(code, [organisation, second]);
  const check = (businessId: string) =>
    at.visitor.send('POST /api/mandate/check', { organisation: businessId });
  assert.deepEqual((await check(organisation.businessId)).body, { roles: ['NIMKO'] });
  for (const now of [second.businessId, null]) {
    await act(at.visitor, now);
    const refused = await check(organisation.businessId);
    assert.deepEqual([refused.status, problemOf(refused)], [409, '/problems/conflict']);
  }
});

test('a mandate taken away closes the folder at the next check, for good, and tells why; oneself remains', async () => {
  const at = await representative();
  at.registered.held.set(code, []);
  at.clock.now += mandateMs;
  assert.equal(problemOf(await at.visitor.get('/api/profile')), '/problems/mandate-lost');
  assert.equal((await at.visitor.get('/api/session')).body.mandateLost, true);
  // Given back, it is not silently in use again: the person chooses.
  at.registered.held.set(code, [organisation]);
  assert.equal(problemOf(await at.visitor.get('/api/profile')), '/problems/mandate-lost');
  assert.equal((await mandate(at.visitor)).mandateLost, true);
  assert.equal((await act(at.visitor, organisation.businessId)).status, 200);
  assert.equal((await at.visitor.get('/api/profile')).body.kind, 'organisation');
  at.registered.held.set(code, []);
  assert.equal(problemOf(await at.visitor.send('POST /api/mandate/check', {})), '/problems/mandate-lost');
  at.registered.held.set(code, [organisation]);
  assert.equal(
    problemOf(await at.visitor.get('/api/profile')),
    '/problems/mandate-lost',
    'nor within the hour',
  );
  assert.equal((await act(at.visitor, null)).status, 200);
  assert.equal((await at.visitor.get('/api/profile')).body.kind, 'person');
});

test('a slow answer of the register does not undo what was found meanwhile', async () => {
  const at = await representative();
  const check = () => at.visitor.send('POST /api/mandate/check', {});
  at.registered.meanwhile = async () => {
    at.registered.meanwhile = undefined;
    await at.sessions.loseMandate(await sessionIn(at, at.visitor));
  };
  assert.equal(problemOf(await check()), '/problems/mandate-lost');
  assert.equal((await sessionIn(at, at.visitor)).mandate?.isLost, true);
  await act(at.visitor, organisation.businessId);
  at.registered.meanwhile = async () => {
    at.registered.meanwhile = undefined;
    at.clock.now += 1;
    assert.equal((await check()).status, 200);
  };
  at.clock.now += 1;
  assert.equal((await check()).status, 200, 'and two who ask at once are both told');
});

test('a register that does not answer lets nobody in on a guess, and takes nothing away', async () => {
  const at = await representative();
  at.registered.answers = false;
  at.clock.now += mandateMs;
  const refused = await at.visitor.get('/api/profile');
  assert.deepEqual([refused.status, problemOf(refused)], [503, '/problems/mandate-unavailable']);
  at.registered.answers = true;
  assert.equal((await at.visitor.get('/api/profile')).status, 200);
});

test('no session makes the city ask the register without end', async () => {
  const at = await representative();
  const check = () => at.visitor.send('POST /api/mandate/check', {});
  const before = at.registered.asked;
  let last = await check();
  for (let more = 0; more < askedAnHour; more++) last = await check();
  assert.equal(problemOf(last), '/problems/mandate-unavailable');
  assert.ok(at.registered.asked - before < askedAnHour + 1);
  const visit = await at.visitor.get('/api/auth/mandate', { return: '/fi/lomake/kartta/' });
  assert.equal(visit.headers.location, page('unavailable'), 'nor are visits begun');
  assert.equal((await at.visitor.get('/api/profile')).status, 200, 'what is not asked goes on');
  at.clock.now += mandateMs;
  assert.equal((await check()).status, 200, 'an hour later it asks again');
});

test('a visit the register has forgotten is a mandate to be fetched again, without identifying again', async () => {
  const at = await representative();
  at.registered.remembers = false;
  at.clock.now += mandateMs;
  assert.equal(problemOf(await at.visitor.get('/api/profile')), '/problems/mandate-lost');
  at.registered.remembers = true;
  assert.equal((await at.visitor.choose('/api/auth/mandate')).headers.location, '/fi/oma/');
  assert.equal((await at.visitor.get('/api/profile')).body.kind, 'organisation');
});

test('roles that have changed count from the next check on', async () => {
  const at = await representative();
  at.registered.held.set(code, [{ ...organisation, roles: ['HALL'], name: 'Uusi nimi ry' }]);
  await at.visitor.send('POST /api/mandate/check', {});
  const { mandate: now, identity } = await sessionIn(at, at.visitor);
  assert.deepEqual([now?.roles, identity.organisation?.name], [['HALL'], 'Uusi nimi ry']);
});

const begin = async (visitor: Browser) => {
  const { headers } = await visitor.get('/api/auth/mandate', { return: '/fi/lomake/kartta/' });
  return new URL(headers.location ?? '').searchParams.get('state') ?? '';
};
const back = async (visitor: Browser, query: Record<string, string>) =>
  (await visitor.get('/api/auth/mandate/callback', query)).headers.location;
const page = (reason: string, to = '&return=%2Ffi%2Flomake%2Fkartta%2F') =>
  `/fi/kenen-puolesta/?reason=${reason}${to}`;

test('an answer of the register counts once, in the session that asked, and for a quarter of an hour', async () => {
  const at = room();
  const [mine, thief] = [at.browser(), at.browser()];
  await mine.signIn();
  at.state.claims = { ...person, 'urn:oid:1.2.246.21': otherCode };
  await thief.signIn();
  const stolen = await begin(mine);
  assert.equal(await back(thief, { code: 'c', state: stolen }), page('expired', ''));
  assert.equal(await back(mine, { code: 'c', state: stolen }), page('expired', ''));
  assert.equal(await back(mine, { code: 'c', state: 'made-up' }), page('expired', ''));
  assert.equal(await back(mine, { code: 'c' }), page('expired', ''), 'without a state it is nobody’s');
  const late = await begin(mine);
  at.clock.now += choosingMs;
  assert.equal(await back(mine, { code: 'c', state: late }), page('expired'));
  assert.equal((await sessionIn(at, mine)).kind, 'person');
  const good = await begin(mine);
  await back(mine, { code: 'c', state: good });
  assert.equal((await sessionIn(at, mine)).kind, 'organisation');
});

test('what comes to nothing there becomes a page that says why; one stays signed in as oneself', async () => {
  const at = room();
  const visitor = at.browser();
  await visitor.signIn();
  assert.equal(
    await back(visitor, { error: 'access_denied', state: await begin(visitor) }),
    page('cancelled'),
  );
  assert.equal(
    await back(visitor, { error: 'server_error', state: await begin(visitor) }),
    page('unavailable'),
  );
  at.registered.held.set(code, []);
  assert.equal(await back(visitor, { code: 'c', state: await begin(visitor) }), page('none'));
  at.registered.answers = false;
  const refused = await visitor.get('/api/auth/mandate', { return: '/fi/lomake/kartta/' });
  assert.equal(refused.headers.location, page('unavailable'));
  assert.equal((await sessionIn(at, visitor)).kind, 'person');
  assert.equal(at.lines.at(-1)?.problem, 'mandate/unavailable');
});

test('who has no identity code is not in the register, and is told so; who is not signed in signs in first', async () => {
  const at = room();
  const { 'urn:oid:1.2.246.21': _code, ...abroad } = person;
  at.state.claims = abroad;
  const visitor = at.browser();
  await visitor.signIn();
  assert.equal((await visitor.choose('/api/auth/mandate')).headers.location, page('no-code', ''));
  assert.equal((await mandate(visitor)).canAsk, false);
  const stranger = await at.browser().get('/api/auth/mandate', { return: '/fi/lomake/kartta/' });
  assert.equal(
    stranger.headers.location,
    '/api/auth/sign-in?as=organisation&return=%2Ffi%2Flomake%2Fkartta%2F',
  );
  const evil = await at.browser().get('/api/auth/mandate', { return: '//evil.example/' });
  assert.equal(evil.headers.location, '/api/auth/sign-in?as=organisation');
});

test('no line of the log names a person, an organisation or a code', async () => {
  const at = await representative();
  await act(at.visitor, null);
  await act(at.visitor, organisation.businessId);
  at.registered.answers = false;
  await at.visitor.send('POST /api/mandate/check', {});
  const log = JSON.stringify(at.lines);
  for (const secret of [
    code,
    'Maija',
    organisation.name,
    organisation.businessId,
    sessionOf(at.visitor) ?? 'x',
  ])
    assert.ok(!log.includes(secret), secret);
});
