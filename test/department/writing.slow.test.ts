import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Call } from '../http/call.ts';
import { caseStore, monday, submission } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { add, base, departmentDesk, hello, show } from './desk.ts';
import { token } from './tokens.ts';

describe('a department writing', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const { api, sent, lines } = departmentDesk(() => local);

  test('adds an event once for a key, on the revision that was read', async () => {
    const ask = api();
    const caseNumber = await sent('written');
    const first = await ask(token('dogs'), add(caseNumber, hello));
    assert.equal(first.status, 201);
    assert.equal(first.body.revision, 2);
    assert.deepEqual(
      (await ask(token('dogs'), add(caseNumber, { text: 'Hei', type: 'message' }))).body,
      first.body,
    );
    assert.equal((await ask(token('dogs'), add(caseNumber, { ...hello, text: 'Hoi' }))).status, 422);
    assert.equal((await ask(token('dogs'), add(caseNumber, hello, {}))).status, 400);
    const keyed = (key: string, tag: string) => ({ 'idempotency-key': key, 'if-match': tag });
    assert.equal((await ask(token('dogs'), add(caseNumber, hello, keyed('s', '"1"')))).status, 412);
    assert.equal((await ask(token('dogs'), add(caseNumber, hello, keyed('s', '"2"')))).status, 201);
    const closed = { type: 'status', status: 'closed' };
    assert.equal((await ask(token('dogs'), add(caseNumber, closed, keyed('c', '"3"')))).status, 201);
    const reopened = await ask(
      token('dogs'),
      add(caseNumber, { type: 'status', status: 'processing' }, { 'idempotency-key': 'r' }),
    );
    assert.deepEqual([reopened.status, reopened.body.from, reopened.body.to], [409, 'closed', 'processing']);
    const malformed = await ask(
      token('dogs'),
      add(caseNumber, { type: 'decision', title: { fi: 'x' }, text: '' }),
    );
    assert.equal(malformed.status, 400);
    assert.deepEqual((malformed.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort(), [
      '/text',
      '/title/en',
      '/title/sv',
    ]);
    assert.equal((await ask(token('dogs'), add(caseNumber, '{"type":'))).status, 400);
    assert.equal((await ask(token('parking'), add(caseNumber, hello))).status, 404);
    assert.equal(
      (await ask(token('dogs', { scope: 'department/cases.read' }), add(caseNumber, hello))).status,
      403,
    );
    assert.equal(
      (await ask(token('dogs'), add(caseNumber, { ...hello, text: 'x'.repeat(600_000) }))).status,
      413,
    );
  });

  test('reads when its letters were opened, and how a decision is appealed against', async () => {
    const ask = api();
    const caseNumber = await sent('opened');
    const appeal = { url: 'https://www.hel.fi/oikaisu', dueDate: '2026-12-24' };
    const title = { fi: 'Päätös', sv: 'Beslut', en: 'Decision' };
    const decision = { type: 'decision', title, text: 'Hylätään', appeal };
    const added = await ask(token('dogs'), add(caseNumber, decision));
    assert.equal(added.status, 201);
    const last = async () => ((await ask(token('dogs'), show(caseNumber))).body.events as object[]).at(-1);
    const { event } = added.body as { event: object };
    assert.deepEqual(await last(), { ...decision, ...event, by: 'department' });
    const own = { owner: 'opened', person: 'opened' };
    await caseStore(local.client).seen.mark(own, caseNumber, 2, monday + 60_000);
    const readAt = new Date(monday + 60_000).toISOString();
    assert.deepEqual(await last(), { ...decision, ...event, by: 'department', readAt });
  });

  test('writes no message to a case whose messages are in health care’s own service', async () => {
    const ask = api();
    const { submissions } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(
      submission('elsewhere', 'draft-elsewhere', { messagesElsewhere: true }),
    );
    const types = [hello, { type: 'request', text: 'Tulkaa' }, { type: 'status', status: 'processing' }];
    const answers = [];
    for (const [n, body] of types.entries())
      answers.push(await ask(token('dogs'), add(caseNumber, body, { 'idempotency-key': `e${n}` })));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.type]),
      [
        [409, '/problems/messages-elsewhere'],
        [409, '/problems/messages-elsewhere'],
        [201, undefined],
      ],
    );
  });

  test('writes and asks nothing that nobody could answer: not once the case is closed', async () => {
    const ask = api();
    const caseNumber = await sent('over');
    const given = [
      { type: 'request', text: 'Rokotustodistus' },
      { type: 'status', status: 'closed' },
      { type: 'request', text: 'Rokotustodistus' },
      hello,
      { type: 'decision', title: { fi: 'Oikaisu', sv: 'Rättelse', en: 'Correction' }, text: 'Oikaistu' },
    ];
    const answers = [];
    for (const [n, body] of given.entries())
      answers.push(await ask(token('dogs'), add(caseNumber, body, { 'idempotency-key': `o${n}` })));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.type]),
      [
        [201, undefined],
        [201, undefined],
        [409, '/problems/conversation-closed'],
        [409, '/problems/conversation-closed'],
        [201, undefined],
      ],
    );
    const { folder } = caseStore(local.client);
    assert.deepEqual(await folder.waiting('over'), [], 'nobody is waited for');
  });

  test('a rejected registration for a course can be closed and nothing else: its place is gone for good', async () => {
    const ask = api();
    const course = { places: 1, waitingList: 5, round: 'rejected' };
    const caseNumber = await sent('registered', { form: 'retki', service: 'koirailmoitus', course });
    const move = (status: string) =>
      ask(token('dogs'), add(caseNumber, { type: 'status', status }, { 'idempotency-key': status }));
    const state = async () =>
      ((await ask(token('dogs'), show(caseNumber))).body.course as { state: string }).state;
    assert.equal(await state(), 'place');
    assert.equal((await move('rejected')).status, 201);
    const back = await move('processing');
    assert.deepEqual([back.status, back.body.type], [409, '/problems/status-not-allowed']);
    assert.equal((await move('closed')).status, 201);
    assert.equal(await state(), 'left');
  });

  test('a form that is never stored is fetched, acknowledged, then gone', async () => {
    const ask = api();
    const { content, title: _, ...sentForm } = submission('patient', 'draft-patient', { service: 'terveys' });
    const { applicant, language, answers } = content;
    const { submissions } = caseStore(local.client);
    const { caseNumber: id } = await submissions.deliver({ ...sentForm, applicant, language, answers });
    const delivery = (more = ''): Call => ({
      route: `GET ${base}/deliveries/{id}${more}`,
      parameters: { id },
    });
    const acknowledge: Call = { route: `POST ${base}/deliveries/{id}/acknowledgement`, parameters: { id } };
    const listed = (await ask(token('all'), { route: `GET ${base}/deliveries`, query: { limit: '1' } })).body;
    assert.deepEqual(
      (listed.items as { id: string }[]).map(item => item.id),
      [id],
    );
    assert.ok(!JSON.stringify(listed).includes('Musti'));
    const fetched = await ask(token('all'), delivery());
    assert.deepEqual([fetched.body.answers, fetched.body.applicant], [answers, applicant]);
    assert.equal((await ask(token('all'), show(id))).status, 404, 'it is no case');
    assert.equal((await ask(token('dogs'), delivery())).status, 404);
    assert.equal((await ask(token('dogs'), acknowledge)).status, 404);
    assert.equal((await ask(token('all'), acknowledge)).status, 204);
    assert.equal((await ask(token('all'), acknowledge)).status, 404);
    assert.equal((await ask(token('all'), delivery())).status, 404);
    assert.deepEqual((await ask(token('all'), { route: `GET ${base}/deliveries` })).body, { items: [] });
  });

  test('announces to everybody, changes and takes back its own', async () => {
    const ask = api();
    const scope = 'department/bulletins.write';
    const at = (offset: number) => new Date(monday + offset).toISOString();
    const text = { fi: 'Katko', sv: 'Avbrott', en: 'Break' };
    const body = { text, from: at(0), until: at(3_600_000) };
    const writer = (client: string) => token(client, { scope });
    const bulletin = (method: string, id: string, content?: unknown): Call => ({
      route: `${method} ${base}/bulletins/{id}`,
      parameters: { id },
      body: content,
    });
    const mine = async (client: string) =>
      (await ask(writer(client), { route: `GET ${base}/bulletins`, headers: { 'x-purpose': undefined } }))
        .body.items;
    const put = (content: unknown, id = 'katko') => ask(writer('dogs'), bulletin('PUT', id, content));

    assert.equal((await ask(token('dogs'), bulletin('PUT', 'katko', body))).status, 403);
    const first = await put(body);
    assert.deepEqual([first.status, first.body], [201, { id: 'katko', ...body }]);
    assert.deepEqual(await put(body).then(({ status }) => status), 200);
    const moved = { ...body, from: '2026-11-23T11:00:00+02:00', until: at(86_400_000) };
    assert.equal((await put(moved)).body.from, '2026-11-23T09:00:00.000Z');
    assert.deepEqual(await mine('parking'), []);
    assert.equal((await ask(writer('parking'), bulletin('DELETE', 'katko'))).status, 404);
    assert.equal(((await mine('dogs')) as unknown[]).length, 1);

    const wrong = await put({ ...body, text: { fi: '', sv: 'x' }, until: 'huomenna', extra: 1 });
    assert.deepEqual((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort(), [
      '',
      '/text/en',
      '/text/fi',
      '/until',
    ]);
    const backwards = await put({ ...body, until: body.from });
    assert.deepEqual(backwards.body.errors, [{ pointer: '/until', code: 'not_after_from' }]);
    assert.equal((await put(body, 'a b')).status, 400);
    assert.equal((await put(undefined)).status, 400);
    assert.equal((await put([])).status, 400);

    for (let n = 0; n < 19; n++) assert.equal((await put(body, `n${n}`)).status, 201);
    const full = await put(body, 'n19');
    assert.deepEqual(
      [full.status, full.body.type, full.body.limit],
      [422, '/problems/too-many-bulletins', 20],
    );
    assert.equal((await put(body)).status, 200, 'what is there can still be changed');
    assert.equal((await put({ ...body, from: at(-2), until: at(-1) }, 'n0')).status, 200, 'and be ended');
    assert.equal((await ask(writer('dogs'), bulletin('DELETE', 'n0'))).status, 404, 'an ended one is gone');
    assert.equal((await put(body, 'n19')).status, 201);
    assert.equal((await ask(writer('dogs'), bulletin('DELETE', 'katko'))).status, 204);
    assert.equal((await ask(writer('dogs'), bulletin('DELETE', 'katko'))).status, 404);
  });

  test('says nothing personal in its log', () => {
    assert.ok(lines.length > 30);
    for (const personal of ['Musti', '900Y', 'Meik', 'käsittely', 'HEL-'])
      assert.ok(!JSON.stringify(lines).includes(personal), personal);
    assert.ok(!lines.some(({ status }) => status >= 500));
  });
});
