import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runDepartment } from '../../lib/local/department/command.ts';
import { startIdentity } from '../../lib/local/engines/identity.ts';
import { answerJson, type Engine, listen, readBody } from '../../lib/local/engines/server.ts';

interface Asked {
  readonly call: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: unknown;
}

let dataDir: string;
let identity: Engine;
let portal: Engine;
let asked: Asked[] = [];
let answers: Record<string, [number, unknown]> = {};

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'department-'));
  portal = await listen(async (request, response) => {
    const body = (await readBody(request)).toString('utf8');
    const call = `${request.method} ${request.url?.replace('/api/department/v1/', '')}`;
    asked.push({ call, headers: request.headers, body: body === '' ? undefined : JSON.parse(body) });
    const [status, answer] = answers[call] ?? [
      404,
      { type: '/problems/not-found', title: 'Not found', status: 404 },
    ];
    answerJson(response, status, answer, {}, status < 400 ? 'application/json' : 'application/problem+json');
  });
  identity = await startIdentity({
    portalUrl: portal.url,
    clients: [{ id: 'local-department', scopes: ['department/cases.read'] }],
    secrets: { asiointi: 'x', 'local-department': 'local-secret' },
    dataDir,
    now: Date.now,
  });
});
after(async () => {
  await Promise.all([portal.close(), identity.close()]);
  rmSync(dataDir, { recursive: true });
});

const run = async (...args: string[]) => {
  asked = [];
  const env = { DEPARTMENT_URL: portal.url, DEPARTMENT_TOKEN_ENDPOINT: `${identity.url}/token` };
  const { code, output = '', error = '' } = await runDepartment(args, env);
  return { code, out: output, err: error };
};

const item = {
  caseNumber: 'HEL-2026-000123',
  service: 'koirailmoitus',
  status: 'sent',
  submittedAt: '2026-11-23T07:00:00.000Z',
  revision: 1,
};

test('list goes through every page with a real token and a purpose', async () => {
  answers = {
    'GET cases?service=koirailmoitus&limit=100': [200, { items: [item], next: 'n' }],
    'GET cases?service=koirailmoitus&limit=100&cursor=n': [
      200,
      { items: [{ ...item, caseNumber: 'HEL-2026-000124' }] },
    ],
  };
  const { code, out } = await run('list', '--service', 'koirailmoitus', '--purpose', 'Käsittely');
  assert.equal(code, 0);
  assert.match(out, /^CASE +SERVICE/);
  assert.match(out, /HEL-2026-000123 +koirailmoitus +sent +23\.11\.2026/);
  assert.match(out, /HEL-2026-000124/);
  assert.match(String(asked[0]?.headers.authorization), /^Bearer ey/);
  assert.equal(decodeURIComponent(String(asked[0]?.headers['x-purpose'])), 'Käsittely');
});

test('show prints the answers and events readably, and everything for machines', async () => {
  const whole = {
    ...item,
    applicant: { name: 'Aino Mallikas' },
    answers: { dog: { name: 'Musti', tricks: ['istu', 'maa'] }, consent: true },
    attachments: [{ id: 'a1', name: 'kuva.png', size: 12, scan: 'clean' }],
    events: [{ sequence: 1, at: item.submittedAt, actor: { kind: 'citizen' }, type: 'message', text: 'Hei' }],
  };
  answers = { 'GET cases/hel%202026%20123': [200, whole] };
  const { out } = await run('show', 'hel 2026 123');
  assert.match(out, /Answers\n {2}dog\n {4}name: Musti\n {4}tricks\n {6}1\): istu/);
  assert.match(out, /kuva\.png · 12 bytes · clean/);
  assert.match(out, /1\. {2}23\.11\.2026 .* citizen {2}message “Hei”/);
  assert.deepEqual(JSON.parse((await run('show', 'hel 2026 123', '--json')).out), whole);
});

test('events are sent as the contract has them, each with a key of its own', async () => {
  answers = { 'POST cases/HEL-2026-000123/events': [201, { event: { sequence: 4 }, revision: 4 }] };
  const sent = async (...args: string[]) => {
    const { code, out } = await run(...args);
    assert.equal(code, 0, out);
    assert.match(String(asked[0]?.headers['idempotency-key']), /^[0-9a-f-]{36}$/);
    return asked[0]?.body;
  };
  const number = 'HEL-2026-000123';
  assert.deepEqual(await sent('status', number, 'processing', '--label-fi', 'Selvitetään'), {
    type: 'status',
    status: 'processing',
    label: { fi: 'Selvitetään', sv: 'Selvitetään', en: 'Selvitetään' },
  });
  assert.deepEqual(await sent('message', number, 'Hyvää päivää'), { type: 'message', text: 'Hyvää päivää' });
  assert.deepEqual(await sent('request', number, 'Kuva', '--due', '2026-12-24'), {
    type: 'request',
    text: 'Kuva',
    dueDate: '2026-12-24',
  });
  assert.deepEqual(
    await sent('decide', number, '--title-fi', 'Päätös', '--title-en', 'Decision', 'Myönnetty'),
    {
      type: 'decision',
      title: { fi: 'Päätös', sv: 'Päätös', en: 'Decision' },
      text: 'Myönnetty',
    },
  );
});

test('bulletins are announced, listed and taken back', async () => {
  const text = { fi: 'Katko\ntänään', sv: 'Avbrott', en: 'Break' };
  const bulletin = { id: 'katko', text, from: '2026-12-24T07:00:00.000Z', until: '2026-12-24T10:00:00.000Z' };
  answers = {
    'PUT bulletins/katko': [201, bulletin],
    'DELETE bulletins/katko': [204, {}],
    'GET bulletins?limit=100': [200, { items: [bulletin] }],
  };
  const words = ['--fi', text.fi, '--sv', text.sv, '--en', text.en];
  const times = ['--from', '2026-12-24T09:00+02:00', '--until', '2026-12-24T10:00:00Z'];
  const put = await run('bulletin', 'katko', ...times, ...words);
  assert.equal(put.code, 0);
  assert.match(put.out, /^katko is shown from 24\.12\.2026 .*9\.00.* until 24\.12\.2026 .*12\.00/);
  assert.deepEqual(asked[0]?.body, { text, from: bulletin.from, until: bulletin.until });
  const list = await run('bulletins');
  assert.match(list.out, /^BULLETIN +FROM +UNTIL +TEXT\nkatko .* {2}Katko$/);
  assert.deepEqual(JSON.parse((await run('bulletins', '--json')).out), [bulletin]);
  assert.deepEqual(await run('bulletin', 'katko', '--remove'), { code: 0, out: 'Removed.', err: '' });
  for (const args of [
    times,
    words,
    [...times, ...words.slice(2)],
    ['--from', 'nyt', ...times.slice(2), ...words],
  ]) {
    const { code, err } = await run('bulletin', 'katko', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(err.split('\n').length, 1);
    assert.deepEqual(asked, [], 'nothing is asked of the portal');
  }
});

test('a refusal is one plain line and exit 1', async () => {
  const refused = {
    type: '/problems/status-not-allowed',
    title: 'Status not allowed',
    status: 409,
    from: 'closed',
    to: 'sent',
  };
  answers = { 'POST cases/X/events': [409, refused] };
  for (const misspelt of [
    ['status', 'X', 'procesing'],
    ['list', '--status', 'procesing'],
  ]) {
    const { code, err } = await run(...misspelt);
    assert.equal(code, 2);
    assert.match(err, /^procesing is no status; a case can be sent, received, processing, .*rejected/);
    assert.deepEqual(asked, []);
  }
  assert.deepEqual(await run('status', 'X', 'sent'), {
    code: 1,
    out: '',
    err: 'Status not allowed: closed → sent (409 status-not-allowed)',
  });
  assert.deepEqual(await run('list', '--secret', 'wrong'), {
    code: 1,
    out: '',
    err: 'no token for local-department: invalid_client (401)',
  });
});

test('a call that cannot be understood, and a portal that does not run, are exit 2', async () => {
  for (const args of [['fly'], ['show'], ['list', '--nope'], []]) {
    const { code, err } = await run(...args);
    assert.equal(code, 2);
    assert.equal(err.split('\n').length, 1);
  }
  const { code, err } = await run('list', '--token-endpoint', 'http://127.0.0.1:9/token');
  assert.equal(code, 2);
  assert.equal(err, 'No portal answers at http://127.0.0.1:9: start it with npm start.');
});
