import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openapiRoute } from '../../lambdas/department/department.ts';
import { accessLogReading } from '../../lambdas/storage/access-log.ts';
import { amendedWriter } from '../../lambdas/storage/amendments.ts';
import { attachments as attachmentsOf } from '../../lambdas/storage/attachments.ts';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { caseStore, monday, sealer, submission } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { add, base, departmentDesk, list, show } from './desk.ts';
import { expired, forged, token, unsigned } from './tokens.ts';

describe('a department reading', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const { api, sent, lines, log, logTable } = departmentDesk(() => local);

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
    const write = log.add;
    log.add = () => Promise.reject(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    const unrecorded = await ask(token('dogs'), show(caseNumber));
    log.add = write;
    assert.equal(unrecorded.status, 503);
    assert.doesNotMatch(unrecorded.text, /Musti/);
    assert.equal(lines.pop()?.status, 503);
  });

  test('says nothing personal in its log', () => {
    assert.ok(lines.length > 30);
    for (const personal of ['Musti', '900Y', 'Meik', 'käsittely', 'HEL-'])
      assert.ok(!JSON.stringify(lines).includes(personal), personal);
    assert.ok(!lines.some(({ status }) => status >= 500));
  });
});
