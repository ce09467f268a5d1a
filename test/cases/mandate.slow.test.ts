import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { PutCommand } from '@aws-sdk/lib-dynamodb';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { message } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { desk, dogForm, draftBody, roleForm, sending } from './fixture.ts';

const draft = (id: string, form = roleForm) => ({
  route: 'PUT /api/drafts/{id}',
  parameters: { id },
  headers: { 'if-none-match': '*' },
  body: draftBody(form),
});
const drafts = { route: 'GET /api/drafts' };
const one = (route: string, id: string, body?: unknown) => ({ route, parameters: { id }, body });
const file = {
  ...{ name: 'kartta.pdf', size: 10, type: 'application/pdf', sha256: 'a'.repeat(64), field: '/dog/map' },
};

describe('acting for an organisation', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('without the role a form asks for nobody begins, reads, saves or sends it; any mandate does where it asks for none', async () => {
    const { browser, mandate } = desk(local);
    const person = { owner: 'club', person: 'maija' };
    const id = randomUUID();
    const [able, spoken] = [await browser(person), [] as unknown[]];
    assert.equal((await able(draft(id))).status, 201);
    mandate.roles = ['PROK'];
    const unable = await browser({ ...person, person: 'kalle' });
    for (const request of [
      draft(randomUUID()),
      { ...draft(id), headers: { 'if-match': '"1"' } },
      one('GET /api/drafts/{id}', id),
      one('GET /api/drafts/{id}/attachments', id),
      one('POST /api/drafts/{id}/attachments', id, file),
      {
        route: 'DELETE /api/drafts/{id}/attachments/{attachment}',
        parameters: { id, attachment: randomUUID() },
      },
      sending(roleForm, id),
    ]) {
      const { status, body } = await unable(request);
      spoken.push([status, body.type, body.roles]);
    }
    assert.deepEqual(spoken, Array(7).fill([403, '/problems/role-missing', ['NIMKO', 'TJ']]));
    assert.equal((await unable(drafts)).status, 200);
    assert.equal((await unable(draft(randomUUID(), dogForm))).status, 201);
    mandate.roles = ['TJ'];
    assert.equal((await able(sending(roleForm, id))).status, 201, 'and the next sending asks anew');
  });

  test('sending asks the register first: with a mandate taken away nothing is sent, and the draft stays the organisation’s', async () => {
    const { browser, mandate } = desk(local);
    const [maija, kalle] = [
      await browser({ owner: 'other-club', person: 'maija' }),
      await browser({ owner: 'other-club', person: 'kalle' }),
    ];
    const id = randomUUID();
    await maija(draft(id));
    mandate.isLost = true;
    const refused = await maija(sending(roleForm, id));
    assert.deepEqual([refused.status, refused.body.type], [403, '/problems/mandate-lost']);
    mandate.isLost = false;
    const { items } = (await kalle(drafts)).body as { items: { id: string }[] };
    assert.deepEqual(
      items.map(each => each.id),
      [id],
    );
    assert.equal((await kalle(sending(roleForm, id))).status, 201);
  });

  test('with a mandate taken away a sent case gets no message, no file and no cancellation either', async () => {
    const { browser, mandate } = desk(local);
    const maija = await browser({ owner: 'third-club', person: 'maija' });
    const caseNumber = String((await maija(sending(dogForm, randomUUID()))).body.caseNumber);
    mandate.isLost = true;
    const at = (route: string, more: object = {}) => ({
      route: route.replace('…', '/api/cases/{caseNumber}'),
      parameters: { caseNumber, attachment: randomUUID() },
      headers: { 'idempotency-key': randomUUID() },
      body: {},
      ...more,
    });
    for (const request of [
      at('POST …/messages', { body: { text: 'Hei', attachments: [] } }),
      at('PUT …/attachments/{attachment}'),
      at('POST …/cancellation'),
    ])
      assert.equal((await maija(request)).body.type, '/problems/mandate-lost', request.route);
    const read = { route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } };
    assert.equal((await maija(read)).status, 200, 'reading is confirmed by the hour');
  });

  test('without its form’s role a sent case is read and nothing is done in it, nor is a colleague’s draft thrown away', async () => {
    const { browser, mandate, events } = desk(local);
    mandate.roles = ['NIMKO'];
    const owner = 'fourth-club';
    const maija = await browser({ owner, person: 'maija' });
    const caseNumber = String((await maija(sending(roleForm, randomUUID()))).body.caseNumber);
    await events.add(message(owner, caseNumber, 'asks'));
    const id = randomUUID();
    await maija(draft(id));
    mandate.roles = ['PROK'];
    const kalle = await browser({ owner, person: 'kalle' });
    const at = (route: string, body: object = {}) => ({
      route: route.replace('…', '/api/cases/{caseNumber}'),
      parameters: { caseNumber, attachment: randomUUID(), id },
      headers: { 'idempotency-key': randomUUID() },
      body,
    });
    const throwAway = { ...at('DELETE /api/drafts/{id}'), headers: { 'if-match': '"1"' } };
    for (const request of [
      at('POST …/messages', { text: 'Hei', attachments: [] }),
      at('PUT …/messages/draft', { text: 'He' }),
      at('POST …/attachments', file),
      at('PUT …/attachments/{attachment}'),
      at('DELETE …/attachments/{attachment}'),
      at('POST …/cancellation'),
      throwAway,
    ])
      assert.equal((await kalle(request)).body.type, '/problems/role-missing', request.route);
    const { status, body: shown } = await kalle(at('GET …'));
    assert.deepEqual([status, shown.canReply, shown.rolesToReply], [200, false, ['NIMKO', 'TJ']]);
    mandate.roles = ['TJ'];
    const able = await browser({ owner, person: 'sara' });
    const open = (await able(at('GET …'))).body;
    assert.deepEqual([open.canReply, open.rolesToReply], [true, undefined]);
    const answered = await able(at('POST …/messages', { text: 'Hei', attachments: [] }));
    assert.equal(answered.status, 201);
    assert.equal((await able(throwAway)).status, 204);
  });

  test('one’s own matters ask nobody', async () => {
    const { browser, mandate } = desk(local);
    mandate.isLost = true;
    const own = await browser({ owner: 'oneself' });
    assert.equal((await own(sending(dogForm, randomUUID()))).status, 201);
  });

  test('colleagues see who of them did what; in one’s own folder no name is kept', async () => {
    const { browser, mandate } = desk(local);
    mandate.roles = ['NIMKO'];
    const eventsOf = async (person: { owner: string; person?: string }) => {
      const call = await browser(person);
      const caseNumber = String((await call(sending(dogForm, randomUUID()))).body.caseNumber);
      const { body } = await call({ route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } });
      return (body.events as { by: string; byName?: string }[]).map(({ by, byName }) => [by, byName]);
    };
    assert.deepEqual(await eventsOf({ owner: 'named-club', person: 'maija' }), [
      ['citizen', 'Maija Meikäläinen'],
    ]);
    assert.deepEqual(await eventsOf({ owner: 'nobody-else' }), [['citizen', undefined]]);
  });

  test('who reads a part of a case is in its log as for the case, once a minute, or gets no answer', async () => {
    const fault = { isOn: false };
    const send = async (command: PutCommand) => {
      if (fault.isOn && command.input.TableName === tables.accessLog) throw new Error('the log is away');
      return local.client.send(command);
    };
    const { browser, events, clock, logReading } = desk(local, {
      send,
    } as unknown as DynamodbLocal['client']);
    const owner = 'read-club';
    const maija = await browser({ owner, person: 'maija' });
    const kalle = await browser({ owner, person: 'kalle' });
    const caseNumber = String((await maija(sending(dogForm, randomUUID()))).body.caseNumber);
    const body = { type: 'request', text: 'Rokotustodistus', dueDate: '2026-12-24' } as const;
    const { event } = await events.add(message(owner, caseNumber, 'asks', { body }));
    const at = (route: string) => ({
      route: `GET /api/cases/{caseNumber}${route}`,
      parameters: { caseNumber, event: event.id },
    });
    const parts = [at('/attachments'), at('/events/{event}/calendar')];
    const logged = async () => {
      const { items } = await logReading.readingsOfCase(owner, caseNumber, clock.now);
      return items.map(({ at: when, by, what }) => [when, by.kind === 'representative' && by.person, what]);
    };
    for (const part of parts) {
      clock.now += 60_000;
      assert.equal((await kalle(part)).status, 200, part.route);
    }
    const twice = [clock.now, clock.now - 60_000].map(when => [when, 'kalle', 'case']);
    assert.deepEqual(await logged(), twice);
    clock.now += 59_000;
    for (const part of [at(''), ...parts]) assert.equal((await kalle(part)).status, 200, part.route);
    assert.deepEqual(await logged(), twice, 'a page that asks for its parts is one reading');
    assert.equal((await maija(at('/attachments'))).status, 200);
    assert.equal((await logged()).length, 3);
    fault.isOn = true;
    for (const part of parts) assert.equal((await kalle(part)).status, 500, part.route);
  });

  test('a file is its sender’s alone until they hand it over; then colleagues see whose it was', async () => {
    const { browser, mandate, events, arrived } = desk(local);
    mandate.roles = ['NIMKO'];
    const owner = 'files-club';
    const [maija, kalle] = [
      await browser({ owner, person: 'maija' }),
      await browser({ owner, person: 'kalle' }),
    ];
    const holder = randomUUID();
    const caseNumber = String((await maija(sending(dogForm, holder))).body.caseNumber);
    await events.add(message(owner, caseNumber, 'asks'));
    const at = (route: string, attachment = '') => ({
      route: route.replace('…', '/api/cases/{caseNumber}'),
      parameters: { caseNumber, attachment },
    });
    const announced = await maija({ ...at('POST …/attachments'), body: file });
    const { id } = announced.body.attachment as { id: string };
    arrived.add(id);
    await custodyBook({ client: local.client, table: tables.attachments }).judge(
      { owner, draft: holder, id },
      { state: 'checked' },
    );
    const listed = async () =>
      ((await kalle(at('GET …/attachments'))).body.items as { id: string }[]).map(one => one.id);
    assert.deepEqual(await listed(), []);
    const reply = {
      ...at('POST …/messages'),
      headers: { 'idempotency-key': 'r' },
      body: { text: 'Ohessa', attachments: [id] },
    };
    for (const request of [
      at('PUT …/attachments/{attachment}', id),
      at('DELETE …/attachments/{attachment}', id),
      reply,
    ])
      assert.equal((await kalle(request)).status, 404, request.route);
    assert.equal((await maija(at('PUT …/attachments/{attachment}', id))).status, 204);
    assert.deepEqual(await listed(), [id]);
    const { body } = await kalle(at('GET …'));
    const { type, byName } = (body.events as { type: string; byName?: string }[]).at(-1) ?? {};
    assert.deepEqual([type, byName], ['attachment', 'Maija Meikäläinen']);
  });
});
