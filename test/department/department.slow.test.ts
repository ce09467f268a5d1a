import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { departmentAccess } from '../../lambdas/department/access.ts';
import { departmentApi, departmentRoutes, openapiRoute } from '../../lambdas/department/department.ts';
import openapi from '../../lambdas/department/openapi.json' with { type: 'json' };
import type { Reading } from '../../lambdas/domain/access-log.ts';
import type { LogLine } from '../../lambdas/http/log.ts';
import { accessLog, accessLogReading } from '../../lambdas/storage/access-log.ts';
import { amendedWriter } from '../../lambdas/storage/amendments.ts';
import { attachments as attachmentsOf } from '../../lambdas/storage/attachments.ts';
import { bulletins } from '../../lambdas/storage/bulletins.ts';
import { registeredServices, whoseNumber } from '../../lambdas/storage/case-numbers.ts';
import { caseload } from '../../lambdas/storage/caseload.ts';
import { courses } from '../../lambdas/storage/courses.ts';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { deliveries } from '../../lambdas/storage/deliveries.ts';
import { type Call, type Called, call, environment } from '../http/call.ts';
import { caseStore, monday, sealer, submission } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { expired, fetcher, forged, issuer, jwksUri, token, unsigned } from './tokens.ts';

const base = '/api/department/v1';
const clients = JSON.stringify({
  all: { name: 'Kaikki', services: '*' },
  dogs: { name: 'Ympäristö', services: ['koirailmoitus'] },
  parking: { name: 'Pysäköinti', services: ['pysakointi'] },
});
const access = { issuer, jwksUri, clients };

const list = (query: Record<string, string> = {}): Call => ({ route: `GET ${base}/cases`, query });
const show = (caseNumber: string): Call => ({
  route: `GET ${base}/cases/{caseNumber}`,
  parameters: { caseNumber },
});
const add = (
  caseNumber: string,
  body: unknown,
  headers: Record<string, string> = { 'idempotency-key': 'k' },
): Call => ({
  route: `POST ${base}/cases/{caseNumber}/events`,
  parameters: { caseNumber },
  headers,
  body,
});
const hello = { type: 'message', text: 'Hei' };

describe('the department API', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const lines: LogLine[] = [];
  const logTable = () => ({ client: local.client, table: tables.accessLog, sealer });
  let recording = (reading: Reading) => accessLog(logTable()).addReading(reading);

  const api = () => {
    const custody = custodyBook({ client: local.client, table: tables.attachments });
    const table = { client: local.client, table: tables.cases };
    const { cases, events } = caseStore(local.client);
    const handler = departmentApi(
      {
        cases,
        events,
        caseload: caseload(table),
        courses: courses(table),
        deliveries: deliveries({
          client: local.client,
          table: tables.deliveries,
          cases: tables.cases,
          sealer,
        }),
        bulletins: bulletins({ client: local.client, table: tables.catalogue }),
        attachments: attachmentsOf({ client: local.client, table: tables.attachments, sealer }),
        custody,
        uploads: { release: async (_, { id }) => `https://uploads.example/${id}` },
        log: { addReading: reading => recording(reading) },
        whose: caseNumber => whoseNumber(table, caseNumber),
        registeredServices: () => registeredServices(table),
        prefix: 'HEL',
      },
      {
        environment,
        admit: departmentAccess(access, fetcher),
        now: () => monday + 60_000,
        log: line => lines.push(line),
      },
    );
    return (bearer: string | undefined, request: Call): Promise<Called> =>
      call(handler, {
        ...request,
        headers: {
          'sec-fetch-site': undefined,
          'x-purpose': 'Hakemuksen käsittely',
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...request.headers,
        },
      });
  };

  const sent = async (owner: string, more: object = {}): Promise<string> =>
    (await caseStore(local.client).submissions.submit(submission(owner, `draft-${owner}`, more))).caseNumber;

  test('lets in whom the issuer knows, with the scope, for a purpose', async () => {
    const ask = api();
    const other = token('all', { iss: 'https://other.example' });
    const refused = [undefined, 'x', expired('all'), forged('all'), unsigned('all'), token('nobody'), other];
    for (const bearer of [...refused, token('all', { token_use: 'id' }), token('__proto__')])
      assert.equal((await ask(bearer, list())).status, 401);
    const writer = token('all', { scope: 'department/cases.write' });
    const missing = await ask(writer, list());
    assert.deepEqual([missing.status, missing.body.scope], [403, 'department/cases.read']);
    const purposeless = await ask(token('all'), { ...list(), headers: { 'x-purpose': ' ' } });
    assert.deepEqual(
      [purposeless.status, purposeless.body.errors],
      [400, [{ pointer: '/headers/x-purpose', code: 'required' }]],
    );
    assert.equal((await ask(token('all'), list())).status, 200);
    assert.equal((await ask(undefined, { route: openapiRoute })).status, 200);
  });

  test('lists by service, status and change, page by page, and nobody else’s', async () => {
    const ask = api();
    const dogs: string[] = [];
    for (let n = 0; n < 7; n++) dogs.push(await sent(`lister-${n}`, { at: monday + n }));
    const parked = await sent('parker', { service: 'pysakointi', form: 'pysakointi' });
    const walk = async (client: string, query: Record<string, string>): Promise<string[]> => {
      const { body, status } = await ask(token(client), list(query));
      assert.equal(status, 200);
      const found = (body.items as { caseNumber: string }[]).map(({ caseNumber }) => caseNumber);
      return body.next ? [...found, ...(await walk(client, { ...query, cursor: String(body.next) }))] : found;
    };
    const mine = (numbers: string[]) => numbers.filter(number => [...dogs, parked].includes(number));
    assert.deepEqual(mine(await walk('dogs', { limit: '3' })), dogs);
    assert.deepEqual(mine(await walk('all', { limit: '2' })), [...dogs, parked]);
    assert.deepEqual(await walk('parking', {}), [parked]);
    assert.deepEqual(await walk('parking', { service: 'koirailmoitus' }), []);
    await ask(token('all'), add(dogs[2] as string, { type: 'status', status: 'processing' }));
    assert.deepEqual(mine(await walk('dogs', { status: 'processing' })), [dogs[2]]);
    assert.deepEqual(mine(await walk('dogs', { changedSince: new Date(monday + 5).toISOString() })), [
      dogs[5],
      dogs[6],
      dogs[2],
    ]);
    for (const wrong of [
      { limit: '0' },
      { limit: 'x' },
      { status: 'lost' },
      { changedSince: 'eilen' },
      { cursor: 'x' },
      { service: '' },
    ])
      assert.equal((await ask(token('all'), list(wrong as never))).status, 400, JSON.stringify(wrong));
    const forgedCursor = Buffer.from(
      JSON.stringify(['koirailmoitus', { caseNumber: dogs[0], updatedAt: 0 }]),
    ).toString('base64url');
    assert.deepEqual(await walk('parking', { cursor: forgedCursor }), [parked]);
    const foreign = Buffer.from(
      JSON.stringify(['pysakointi', { caseNumber: dogs[0], updatedAt: monday + 1_000_000 }]),
    ).toString('base64url');
    assert.deepEqual(await walk('parking', { cursor: foreign }), [parked], 'tells nothing of other cases');
    const wild = Buffer.from(JSON.stringify(['', { caseNumber: 'x', updatedAt: 1e300 }])).toString(
      'base64url',
    );
    assert.equal((await ask(token('all'), list({ cursor: wild }))).status, 400);
  });

  test('shows a case whole, by its number however typed', async () => {
    const ask = api();
    const caseNumber = await sent('shown');
    const { status, body, headers } = await ask(
      token('dogs'),
      show(caseNumber.replaceAll('-', '').toLowerCase()),
    );
    assert.deepEqual([status, headers.etag], [200, '"1"']);
    assert.equal((body.applicant as { identityCode: string }).identityCode, '010190-900Y');
    assert.deepEqual(body.form, { id: 'koirailmoitus', version: '0123456789ab' });
    assert.equal((body.events as { by: string }[])[0]?.by, 'citizen');
    assert.ok(!JSON.stringify(body).includes('"shown"'), 'the folder’s own id stays inside');
    assert.equal((await ask(token('parking'), show(caseNumber))).status, 404);
    assert.equal((await ask(token('all'), show('HEL-2026-999999'))).status, 404);
    assert.equal((await ask(token('all'), show('x'))).status, 404);
  });

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

  test('hands over a file only when it was found clean, and says plainly that another will not come', async () => {
    const ask = api();
    const storage = attachmentsOf({ client: local.client, table: tables.attachments, sealer });
    const custody = custodyBook({ client: local.client, table: tables.attachments });
    const holder = { owner: 'filer', id: 'draft-filer' };
    const file = { name: 'kartta.pdf', size: 3, sha256: 'a'.repeat(64), type: 'application/pdf' };
    const attachments = ['new', 'clean', 'bad'].map(id => ({ ...file, id, state: 'uploaded' as const }));
    for (const attachment of attachments) await storage.announce(holder, attachment, monday);
    const { content } = submission('filer', 'x');
    const caseNumber = await sent('filer', { content: { ...content, attachments } });
    const named = (id: string) => ({ owner: 'filer', draft: 'draft-filer', id });
    await custody.judge(named('clean'), { state: 'checked' });
    await custody.judge(named('bad'), { state: 'refused', why: 'infected' });
    const fetchFile = (id: string) => ({
      route: `GET ${base}/cases/{caseNumber}/attachments/{id}`,
      parameters: { caseNumber, id },
    });
    const scans = async () =>
      (
        (await ask(token('dogs'), show(caseNumber))).body.attachments as { scan: string; state: string }[]
      ).map(({ scan, state }) => `${scan} ${state}`);
    assert.deepEqual(await scans(), ['pending uploaded', 'clean checked', 'infected refused']);
    assert.equal((await ask(token('dogs'), fetchFile('new'))).status, 409);
    const gone = await ask(token('dogs'), fetchFile('bad'));
    assert.deepEqual(
      [gone.status, gone.body.type, gone.body.why],
      [410, '/problems/attachment-refused', 'infected'],
    );
    const released = await ask(token('dogs'), fetchFile('clean'));
    assert.deepEqual([released.status, released.headers.location], [302, 'https://uploads.example/clean']);
    assert.equal((await ask(token('dogs'), fetchFile('none'))).status, 404);
    assert.equal((await ask(token('parking'), fetchFile('clean'))).status, 404);
    assert.deepEqual(await scans(), ['pending uploaded', 'clean received', 'infected refused']);
    // Found out later: what was clean yesterday is not handed over any more.
    await custody.judge(named('clean'), { state: 'refused', why: 'infected' });
    assert.equal((await ask(token('dogs'), fetchFile('clean'))).status, 410);
  });

  test('hands over what was sent first, also where a change has left it out', async () => {
    const ask = api();
    const storage = attachmentsOf({ client: local.client, table: tables.attachments, sealer });
    const custody = custodyBook({ client: local.client, table: tables.attachments });
    const file = { name: 'kartta.pdf', size: 3, sha256: 'a'.repeat(64), type: 'application/pdf' };
    const [first, kept, later] = ['first', 'kept', 'later'].map(id => ({
      ...file,
      id,
      state: 'uploaded' as const,
    }));
    assert.ok(first && kept && later);
    const holder = { owner: 'left-out', id: 'draft-left-out' };
    for (const attachment of [first, kept]) await storage.announce(holder, attachment, monday);
    const { content } = submission('left-out', 'x');
    const caseNumber = await sent('left-out', { content: { ...content, attachments: [first, kept] } });
    const draft = `amend-${caseNumber}-1`;
    await storage.announce({ ...holder, id: draft }, later, monday);
    const change = {
      answers: content.answers,
      language: content.language,
      formVersion: '0123456789ab',
      attachments: [kept, { ...later, draft }],
    };
    await caseStore(local.client).events.add({
      owner: 'left-out',
      caseNumber,
      key: 'amendment 1',
      body: { type: 'amendment', formVersion: '0123456789ab', changes: [] },
      actor: { kind: 'citizen', person: 'left-out' },
      now: monday,
      judge: async ({ status }) => status,
      tell: false,
      along: [
        await amendedWriter({ cases: tables.cases, sealer })('left-out', { caseNumber, version: 1 }, change),
      ],
    });
    await custody.judge({ owner: 'left-out', draft: holder.id, id: 'first' }, { state: 'checked' });
    await custody.judge({ owner: 'left-out', draft, id: 'later' }, { state: 'checked' });
    const { body } = await ask(token('dogs'), show(caseNumber));
    assert.deepEqual(
      (body.attachments as { id: string; scan: string }[]).map(({ id, scan }) => [id, scan]),
      [
        ['first', 'clean'],
        ['kept', 'pending'],
        ['later', 'clean'],
      ],
    );
    for (const id of ['first', 'later']) {
      const route = `GET ${base}/cases/{caseNumber}/attachments/{id}`;
      assert.equal((await ask(token('dogs'), { route, parameters: { caseNumber, id } })).status, 302, id);
    }
  });

  test('who reads a case, and why, is written down before they are answered, or they are not', async () => {
    const ask = api();
    const caseNumber = await sent('watched');
    const logged = async () =>
      (await accessLogReading(logTable()).readings('watched', monday)).items.map(
        ({ at: _, ...reading }) => reading,
      );
    assert.equal((await ask(token('parking'), show(caseNumber))).status, 404);
    assert.equal((await ask(token('dogs'), list())).status, 200);
    assert.deepEqual(await logged(), [], 'neither a refusal nor a list of numbers is a reading');
    const purpose = Buffer.from('Hakemuksen käsittely').toString('latin1');
    assert.equal(
      (await ask(token('dogs'), { ...show(caseNumber), headers: { 'x-purpose': purpose } })).status,
      200,
    );
    const reading = {
      ...{ owner: 'watched', caseNumber, what: 'case', purpose: 'Hakemuksen käsittely' },
      by: { kind: 'department', client: 'dogs', name: 'Ympäristö' },
    };
    assert.deepEqual(await logged(), [reading]);
    const encoded = encodeURIComponent('Hakemuksen käsittely');
    await ask(token('dogs'), { ...show(caseNumber), headers: { 'x-purpose': encoded } });
    assert.deepEqual(await logged(), [reading, reading]);
    const write = recording;
    recording = () => Promise.reject(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    const unrecorded = await ask(token('dogs'), show(caseNumber));
    recording = write;
    assert.equal(unrecorded.status, 503);
    assert.doesNotMatch(unrecorded.text, /Musti/);
    assert.equal(lines.pop()?.status, 503);
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

test('the description has every route and no other', () => {
  const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${base}${path}`),
  );
  const served = [...Object.keys(departmentRoutes({} as never)), openapiRoute];
  assert.deepEqual(described.sort(), served.sort());
});

test('the description refers to nothing that is not there', () => {
  const references = [...JSON.stringify(openapi).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  assert.ok(references.length > 30);
  for (const path of references) {
    const found = path
      .split('/')
      .reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], openapi);
    assert.ok(found, path);
  }
});
