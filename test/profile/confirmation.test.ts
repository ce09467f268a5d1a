import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesPerHour, codeTries } from '../../lambdas/domain/contact-change.ts';
import type { Delivery } from '../../lambdas/domain/digest.ts';
import { consentVersion } from '../../web/content/consent/version.ts';
import { room } from '../identity/room.ts';

const consent = { version: consentVersion, language: 'fi' } as const;
const contact = { email: 'maija@example.fi', channel: 'email', language: 'fi' } as const;
const put = 'PUT /api/profile';
const codes = 'POST /api/profile/codes';
const confirmations = 'POST /api/profile/confirmations';

const registered = async () => {
  const at = room();
  const visitor = at.browser();
  await visitor.signIn();
  await visitor.send(put, { ...contact, revision: 0, consent });
  const lastCode = () => /\b\d{6}\b/.exec(at.sent.at(-1)?.text ?? '')?.[0] ?? '';
  const wrong = () => String((Number(lastCode()) + 1) % 1_000_000).padStart(6, '0');
  const profile = async () => (await visitor.get('/api/profile')).body;
  return { ...at, visitor, lastCode, wrong, profile };
};

test('a new address is used once the code that went there at once has come back; the old one hears of it', async () => {
  const { visitor, sent, lastCode, profile } = await registered();
  assert.equal(sent.length, 0, 'registering sends nothing');
  const saved = await visitor.send(put, { ...contact, email: 'uusi@example.fi', revision: 1 });
  assert.deepEqual([saved.body.email, saved.body.wanted], [contact.email, { email: 'uusi@example.fi' }]);
  assert.deepEqual(saved.body.codes, { email: 'sent' });
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['uusi@example.fi'],
  );
  const confirmed = await visitor.send(confirmations, { field: 'email', code: ` ${lastCode()} ` });
  assert.deepEqual([confirmed.status, confirmed.body.email], [200, 'uusi@example.fi']);
  assert.equal(confirmed.body.wanted, undefined);
  assert.equal(confirmed.body.unconfirmed, undefined);
  assert.deepEqual(await profile(), confirmed.body);
  assert.deepEqual(
    sent.map(({ to }) => to),
    ['uusi@example.fi', contact.email],
  );
  assert.ok(!sent[1]?.text.includes('uusi@example.fi'), 'the old address is not told the new one');
});

const changingPhone = async () => {
  const at = await registered();
  const [before, wanted] = ['+358401234567', 'uusi@example.fi'];
  const { send } = at.visitor;
  await send(put, { ...contact, phone: before, revision: 1 });
  await send(confirmations, { field: 'phone', code: at.lastCode() });
  return { ...at, before, wanted, change: () => send(put, { ...contact, email: wanted, revision: 3 }) };
};

test('a warning that is slow to leave does not hold the code back, nor the other way round', async () => {
  const { carrier, before, wanted, change, sent } = await changingPhone();
  const both = new Map([before, wanted].map(to => [to, Promise.withResolvers<void>()]));
  carrier.answer = async to => {
    both.get(to)?.resolve();
    await Promise.all([...both.values()].map(({ promise }) => promise));
    return 'sent';
  };
  assert.deepEqual((await change()).body.codes, { email: 'sent' });
  assert.deepEqual(
    sent
      .slice(-2)
      .map(({ to }) => to)
      .sort(),
    [before, wanted].sort(),
  );
});

test('a warning that cannot be sent stays owed until it is, for three days; the change stands', async () => {
  const { carrier, before, change, sent, owed, warn, clock } = await changingPhone();
  const told = () => sent.filter(({ to }) => to === before).length;
  const toldOfCode = told();
  carrier.answer = async to => (to === before ? 'failed' : 'sent');
  const { status, body } = await change();
  assert.deepEqual([status, body.phone, owed.size], [200, undefined, 1]);
  assert.deepEqual(await warn(), { told: 0, waiting: 1, unreadable: 0, lost: 0 });
  carrier.answer = async () => 'sent';
  assert.deepEqual(await warn(), { told: 1, waiting: 0, unreadable: 0, lost: 0 });
  assert.deepEqual(await warn(), { told: 0, waiting: 0, unreadable: 0, lost: 0 });
  assert.equal(told() - toldOfCode, 1);

  carrier.answer = async () => 'failed';
  owed.set('late', { id: 'late', field: 'phone', address: before, language: 'sv', at: clock.now });
  clock.now += 72 * 3_600_000 - 1;
  assert.equal((await warn()).waiting, 1);
  clock.now += 1;
  assert.deepEqual(await warn(), { told: 0, waiting: 0, unreadable: 0, lost: 1 });
  assert.equal(owed.size, 0);
});

/** How often the old address is written to, whatever comes back. */
const warningAnswered = async (answer: Delivery) => {
  const at = await changingPhone();
  let tried = 0;
  at.carrier.answer = async to => {
    if (to === at.before) tried += 1;
    return answer;
  };
  await at.change();
  return { ...at, tried: () => tried };
};

test('a warning that may have left is sent once more by the next run, and then no more', async () => {
  const { owed, warn, tried } = await warningAnswered('unknown');
  assert.deepEqual([tried(), owed.size], [1, 1]);
  assert.deepEqual(await warn(), { told: 1, waiting: 0, unreadable: 0, lost: 0 });
  assert.deepEqual([tried(), owed.size], [2, 0]);
});

test('a warning that the carrier refuses is given up by the next run, which counts it', async () => {
  const { owed, warn, tried } = await warningAnswered('refused');
  assert.deepEqual([tried(), owed.size], [1, 1]);
  assert.deepEqual(await warn(), { told: 0, waiting: 0, unreadable: 0, lost: 1 });
  assert.deepEqual([tried(), owed.size], [2, 0]);
});

test('the address given at registration is confirmed when its owner asks for a code', async () => {
  const { visitor, sent, lastCode } = await registered();
  const asked = await visitor.send(codes, { field: 'email' });
  assert.deepEqual([asked.body.unconfirmed, asked.body.codes], [['email'], { email: 'sent' }]);
  const confirmed = await visitor.send(confirmations, { field: 'email', code: lastCode() });
  assert.equal(confirmed.body.unconfirmed, undefined);
  assert.equal(
    (await visitor.send(codes, { field: 'email' })).body.codes,
    undefined,
    'nothing is left to confirm',
  );
  assert.equal(sent.length, 1);
  const none = await visitor.send(codes, { field: 'phone' });
  assert.deepEqual(none.body.errors, [{ pointer: '/field', code: 'missing' }]);
});

test('a code has few tries, and guesses do not open it afterwards', async () => {
  const { visitor, lastCode, wrong } = await registered();
  await visitor.send(codes, { field: 'email' });
  for (let left = codeTries - 1; left >= 0; left--) {
    const refused = await visitor.send(confirmations, { field: 'email', code: wrong() });
    assert.deepEqual(
      [refused.status, refused.body.type, refused.body.triesLeft],
      [422, '/problems/code-wrong', left],
    );
  }
  const late = await visitor.send(confirmations, { field: 'email', code: lastCode() });
  assert.deepEqual([late.status, late.body.type], [410, '/problems/code-expired']);
});

test('a code is good for a quarter of an hour and for its own address', async () => {
  const { visitor, clock, lastCode } = await registered();
  const change = (email: string, revision: number) => visitor.send(put, { ...contact, email, revision });
  await change('yksi@example.fi', 1);
  const first = lastCode();
  await change('kaksi@example.fi', 2);
  const mixed = await visitor.send(confirmations, { field: 'email', code: first });
  if (first !== lastCode()) assert.equal(mixed.status, 422);
  clock.now += 15 * 60_000;
  const late = await visitor.send(confirmations, { field: 'email', code: lastCode() });
  assert.equal(late.status, 410);
});

test('few codes are sent in an hour; what was typed is saved all the same', async () => {
  const { visitor, clock, sent } = await registered();
  for (let count = 0; count < codesPerHour; count++) await visitor.send(codes, { field: 'email' });
  const refused = await visitor.send(codes, { field: 'email' });
  assert.deepEqual([refused.status, refused.body.type], [429, '/problems/too-many-codes']);
  const saved = await visitor.send(put, { ...contact, email: 'uusi@example.fi', revision: 1 });
  assert.deepEqual([saved.status, saved.body.codes], [200, { email: 'too-many' }]);
  assert.equal(sent.length, codesPerHour);
  clock.now += 60 * 60_000;
  assert.equal((await visitor.send(codes, { field: 'email' })).body.codes !== undefined, true);
});

test('nobody without a folder has a code sent', async () => {
  const at = room();
  const visitor = at.browser();
  await visitor.signIn();
  for (const [route, body] of [
    [codes, { field: 'email' }],
    [confirmations, { field: 'email', code: '123456' }],
  ] as const)
    assert.equal((await visitor.send(route, body)).body.type, '/problems/registration-required');
  assert.deepEqual(at.sent, []);
});
