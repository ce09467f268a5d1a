import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signInMs } from '../../lambdas/storage/sign-ins.ts';
import { consentVersion } from '../../web/content/consent/version.ts';
import { type Browser, code, issuer, otherCode, person, room, sessionOf } from './room.ts';

const registration = {
  email: 'maija@example.fi',
  channel: 'email',
  language: 'fi',
  revision: 0,
  consent: { version: consentVersion, language: 'fi' },
} as const;

const failure = (reason: string, language = 'fi/tunnistautuminen-ei-onnistunut') =>
  `/${language}/?reason=${reason}`;

test('a form link leads by way of the registration to the form, and straight to it the next time', async () => {
  const { browser, asked } = room();
  const first = browser();
  const landed = await first.signIn({ as: 'person', return: '/sv/blankett/hund/' });
  assert.equal(landed.status, 302);
  assert.equal(landed.headers.location, '/sv/registrera/?return=%2Fsv%2Fblankett%2Fhund%2F');
  assert.equal(asked[0]?.language, 'sv');
  await first.send('PUT /api/profile', registration);
  const again = await browser().signIn({ as: 'person', return: '/sv/blankett/hund/' });
  assert.equal(again.headers.location, '/sv/blankett/hund/');
  assert.equal((await browser().signIn()).headers.location, '/fi/oma/');
});

test('a link to elsewhere leads to the front page', async () => {
  const { browser } = room();
  for (const evil of ['//evil.example/fi/', 'https://evil.example/', '/api/auth/sign-out'])
    assert.equal((await browser().signIn({ return: evil })).headers.location, '/fi/rekisteroidy/');
});

test('the session cookie is __Host-, HttpOnly, Secure, Lax and of this visit; the hint says nothing', async () => {
  const { browser } = room();
  const { cookies } = await browser().signIn();
  assert.match(cookies[0] ?? '', /^__Host-session=[\w-]{43}; Path=\/; Secure; SameSite=Lax; HttpOnly$/);
  assert.equal(cookies[1], 'signed-in=1; Path=/; Secure; SameSite=Lax');
});

test('a session somebody planted is not taken over: signing in makes a new one and ends the old', async () => {
  const { browser, sessions } = room();
  const one = browser();
  await one.signIn();
  const old = sessionOf(one) ?? '';
  await one.signIn();
  assert.notEqual(sessionOf(one), old);
  assert.deepEqual(await sessions.find(old), { ended: 'signed-out' });
  assert.ok(await sessions.find(sessionOf(one) ?? ''));
});

const begin = async (browser: Browser) => {
  const { headers } = await browser.get('/api/auth/sign-in');
  return new URL(headers.location ?? '').searchParams.get('state') ?? '';
};
const back = (browser: Browser, state: string) =>
  browser.get('/api/auth/callback', { code: 'c', state, iss: issuer });

test('an answer works once, in the browser that asked, and for a quarter of an hour', async () => {
  const { browser, clock } = room();
  const mine = browser();
  const stolen = await begin(mine);
  const thief = browser();
  await begin(thief);
  assert.equal((await back(thief, stolen)).headers.location, failure('expired'));
  assert.equal((await back(browser(), await begin(mine))).headers.location, failure('expired'));
  assert.equal((await back(browser(), 'made-up')).headers.location, failure('expired'));
  assert.equal((await mine.get('/api/auth/callback')).headers.location, failure('expired'));

  const late = await begin(mine);
  clock.now += signInMs;
  assert.equal((await back(mine, late)).headers.location, failure('expired'));

  const good = await begin(mine);
  assert.equal((await back(mine, good)).headers.location, '/fi/rekisteroidy/');
  // The back button: used, but the browser is signed in by now.
  assert.equal((await back(mine, good)).headers.location, '/fi/oma/');
});

test('two tabs may sign in at once', async () => {
  const { browser } = room();
  const mine = browser();
  const [one, two] = [await begin(mine), await begin(mine)];
  assert.equal((await back(mine, one)).headers.location, '/fi/rekisteroidy/');
  assert.equal((await back(mine, two)).headers.location, '/fi/rekisteroidy/');
});

test('what fails at the provider becomes a page in the right language that says why, and a line that says no more', async () => {
  const { browser, state, lines } = room();
  for (const why of ['cancelled', 'unavailable', 'failed']) {
    const visitor = browser();
    const begun = await begin(visitor);
    state.fails = why;
    assert.equal((await back(visitor, begun)).headers.location, failure(why));
    assert.equal(lines.at(-1)?.problem, `identification-failed/${why}`);
    delete state.fails;
  }
  state.fails = 'unavailable';
  const { headers } = await browser().get('/api/auth/sign-in', { return: '/en/' });
  assert.equal(
    headers.location,
    `${failure('unavailable', 'en/identification-failed')}&return=${encodeURIComponent('/en/')}`,
  );
});

test('after a failure the next attempt still leads to the page one came for, and to no other site', async () => {
  const { browser, state } = room();
  const landed = async (path: string) => {
    const visitor = browser();
    const away = await visitor.get('/api/auth/sign-in', { return: path });
    state.fails = 'cancelled';
    const begun = new URL(away.headers.location ?? '').searchParams.get('state') ?? '';
    const { headers } = await back(visitor, begun);
    delete state.fails;
    return headers.location;
  };
  const form = '/fi/lomake/koirailmoitus/?luonnos=1';
  assert.equal(await landed(form), `${failure('cancelled')}&return=${encodeURIComponent(form)}`);
  assert.equal(await landed('//evil.example/'), failure('cancelled'));
});

test('who is nobody to us does not get in', async () => {
  const { browser, state } = room();
  for (const claims of [
    { ...person, 'urn:oid:1.2.246.21': '010190-900A' },
    { sub: 'sub-1', acr: person.acr, 'urn:oid:1.2.246.21': code },
    { acr: person.acr },
  ]) {
    state.claims = claims;
    assert.equal((await browser().signIn()).headers.location, failure('failed'));
  }
});

test('an identification weaker than asked for does not get in, whatever else the token says', async () => {
  const { browser, state, sessions } = room();
  for (const acr of [undefined, '', 'http://ftn.ficora.fi/2017/loa1', 'http://ftn.ficora.fi/2017/loa2 ', 3]) {
    state.claims = { ...person, acr };
    const visitor = browser();
    const told = (await visitor.signIn()).headers.location;
    // A space round the right level is the right level: it is read as text.
    if (acr === 'http://ftn.ficora.fi/2017/loa2 ') assert.ok(await sessions.find(sessionOf(visitor) ?? ''));
    else assert.deepEqual([told, sessionOf(visitor)], [failure('too-weak'), undefined], String(acr));
  }
});

test('somebody from abroad is known by issuer and subject, and two of them have two folders', async () => {
  const { browser, state, sessions } = room();
  const { 'urn:oid:1.2.246.21': _, ...abroad } = person;
  const owners = new Set<string>();
  for (const claims of [abroad, abroad, { ...abroad, sub: 'sub-2' }]) {
    state.claims = claims;
    const visitor = browser();
    await visitor.signIn();
    await visitor.send('PUT /api/profile', registration);
    const session = await sessions.find(sessionOf(visitor) ?? '');
    assert.ok(session && 'owner' in session);
    owners.add(session.owner);
    assert.equal(session.identity.identityCode, undefined);
  }
  assert.equal(owners.size, 2);
});

test('where their own country has a name for them, the folder is found by it, whatever the subject', async () => {
  const { browser, state, sessions } = room();
  const { 'urn:oid:1.2.246.21': _, ...abroad } = person;
  const owners = new Set<string>();
  for (const sub of ['transient-1', 'transient-2']) {
    state.claims = {
      ...abroad,
      sub,
      'http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier': 'ES/FI/01234567A',
    };
    const visitor = browser();
    await visitor.signIn();
    await visitor.send('PUT /api/profile', registration);
    const session = await sessions.find(sessionOf(visitor) ?? '');
    assert.ok(session && 'owner' in session);
    owners.add(session.owner);
  }
  assert.equal(owners.size, 1);
});

test('of a protected person, and of anybody, no address comes into the session (turvakielto)', async () => {
  const { browser, state, sessions, lines } = room();
  state.claims = {
    ...person,
    'urn:oid:1.2.246.517.2002.2.27': '1',
    'urn:oid:1.2.246.517.2002.2.4': 'Salainen katu 1',
    'urn:oid:1.2.246.517.2002.2.6': '00100',
    'urn:oid:0.9.2342.19200300.100.1.3': 'salainen@example.fi',
    address: { street_address: 'Salainen katu 1' },
  };
  const visitor = browser();
  await visitor.signIn();
  const session = await sessions.find(sessionOf(visitor) ?? '');
  const profile = (await visitor.get('/api/profile')).body;
  assert.ok(session && 'owner' in session);
  assert.equal(session.identity.name, 'Maija Mallikas');
  assert.doesNotMatch(JSON.stringify([session, profile, lines]), /salainen|00100/i);
});

test('the person is found by the code, not by the subject; another person has another folder', async () => {
  const { browser, state, sessions } = room();
  const owner = async (claims: typeof person) => {
    state.claims = claims;
    const visitor = browser();
    await visitor.signIn();
    await visitor.send('PUT /api/profile', registration);
    const found = await sessions.find(sessionOf(visitor) ?? '');
    assert.ok(found && 'owner' in found);
    return found.owner;
  };
  const first = await owner(person);
  assert.match(first, /^[\w-]{22}$/);
  assert.equal(await owner({ ...person, sub: 'transient-2', sid: 'sid-2' }), first);
  assert.notEqual(await owner({ ...person, 'urn:oid:1.2.246.21': otherCode }), first);
  const { 'urn:oid:1.2.246.21': _code, ...foreign } = person;
  const abroad = await owner(foreign);
  assert.notEqual(abroad, first);
  assert.equal(await owner(foreign), abroad);
});

test("representatives share the organisation's folder and stay themselves", async () => {
  const { browser, state, sessions } = room();
  const visit = async (identityCode: string) => {
    state.claims = { ...person, 'urn:oid:1.2.246.21': identityCode };
    const visitor = browser();
    const { headers } = await visitor.signIn({ as: 'organisation' });
    const found = await sessions.find(sessionOf(visitor) ?? '');
    assert.ok(found && 'owner' in found);
    return { visitor, found, landed: headers.location };
  };
  const founder = await visit(code);
  assert.equal(founder.landed, '/fi/rekisteroidy/');
  await founder.visitor.send('PUT /api/profile', registration);
  const again = await visit(code);
  const colleague = await visit(otherCode);
  assert.deepEqual([again.landed, colleague.landed], ['/fi/oma/', '/fi/oma/']);
  assert.equal(again.found.owner, founder.found.owner);
  assert.equal(again.found.person, founder.found.person);
  assert.equal(colleague.found.owner, founder.found.owner);
  assert.notEqual(colleague.found.person, founder.found.person);
  assert.equal((await visit(otherCode)).found.person, colleague.found.person);
  assert.equal(colleague.found.kind, 'organisation');
  const { body } = await colleague.visitor.get('/api/session');
  assert.deepEqual(body.organisation, { businessId: '0201256-6', name: 'Esimerkki ry' });
});

test('every sign-in to a folder is written down before the browser is let in, for an organisation too', async () => {
  const { browser, signIns, clock } = room();
  const first = browser();
  await first.signIn();
  assert.equal(signIns.length, 0, 'who has no folder leaves nothing behind');
  await first.send('PUT /api/profile', registration);
  clock.now += 1000;
  await browser().signIn();
  const colleague = browser();
  await colleague.signIn({ as: 'organisation' });
  await colleague.send('PUT /api/profile', registration);
  await browser().signIn({ as: 'organisation' });
  const names = signIns.map(({ organisation, owner, person }) => [organisation, owner === person]);
  assert.deepEqual(names, [
    // At registration, and signing in again.
    ...[
      [undefined, true],
      [undefined, true],
    ],
    // As oneself first, then for the organisation: when it is registered, and from then on at once.
    ...[
      [undefined, true],
      ['Esimerkki ry', false],
    ],
    ...[
      [undefined, true],
      ['Esimerkki ry', false],
    ],
  ]);
});

test('who cannot be written down does not get in', async () => {
  const { browser, log } = room();
  const first = browser();
  await first.signIn();
  await first.send('PUT /api/profile', registration);
  log.fails = true;
  const second = browser();
  const landed = await second.signIn();
  assert.equal(landed.status, 500);
  assert.equal(sessionOf(second), undefined);
});

test('a new name in the register is taken over at the next sign-in', async () => {
  const { browser, state } = room();
  const first = browser();
  await first.signIn();
  await first.send('PUT /api/profile', registration);
  state.claims = { ...person, family_name: 'Uusinimi' };
  const second = browser();
  await second.signIn();
  const { body } = await second.get('/api/profile');
  assert.deepEqual([body.name, body.revision, body.email], ['Maija Uusinimi', 2, 'maija@example.fi']);
});

test('no line of the log has the code, the name, a cookie or a state in it', async () => {
  const { browser, lines } = room();
  const visitor = browser();
  await visitor.signIn({ return: '/fi/lomake/koira/' });
  await visitor.send('PUT /api/profile', registration);
  const log = JSON.stringify(lines);
  for (const secret of [code, 'Maija', 'maija@', 'koira', sessionOf(visitor) ?? 'x'])
    assert.ok(!log.includes(secret), secret);
  assert.equal(lines.length, 3);
});
