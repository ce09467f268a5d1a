/** The local run as a whole, on the fixture's template: a process of its own, as `npm start` is. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { freePort, isFree } from '../../lib/local/ports.ts';
import type { Run } from '../../lib/local/run-file.ts';

const data = mkdtempSync(join(tmpdir(), 'portal-'));
let port = 0;
let portal: ChildProcess;
let log = '';

const start = async (): Promise<void> => {
  const script = new URL('fixtures/start.ts', import.meta.url).pathname;
  portal = spawn(process.execPath, [script, String(port), data], { stdio: ['ignore', 'pipe', 'pipe'] });
  portal.stderr?.on('data', chunk => {
    log += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    portal.stdout?.once('data', () => resolve());
    portal.once('exit', code => reject(new Error(`ended with ${code}: ${log}`)));
  });
};

const end = async (signal: NodeJS.Signals): Promise<void> => {
  const gone = new Promise(resolve => portal.once('exit', resolve));
  portal.kill(signal);
  await gone;
};

/** Java processes that work in the data folder. */
const javas = (): string[] =>
  readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid))
    .filter(pid => {
      try {
        return (
          readlinkSync(`/proc/${pid}/exe`).includes('java') &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
        );
      } catch {
        return false;
      }
    });

const eventually = async (holds: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await holds()) return;
    await sleep(100);
  }
  assert.fail(`not within a minute: ${what}`);
};

interface Echo {
  result?: unknown;
  now: number;
  event: { headers: Record<string, string> };
  environment: Record<string, string>;
}

const url = (name: string, query = ''): string => `http://localhost:${port}/api/echo/${name}${query}`;

const post = (name: string, body: string): Promise<Response> =>
  fetch(url(name), { method: 'POST', body, headers: { 'content-type': 'text/plain' } });

const echo = async (name: string, query = ''): Promise<Echo> =>
  (await fetch(url(name, query))).json() as Promise<Echo>;

const listed = async (of: string): Promise<unknown> => (await echo('list', `?of=${of}`)).result;

const control = (path: string, body: unknown): Promise<Response> => {
  const { token, identityPort } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as Run;
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`http://127.0.0.1:${identityPort}/local/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
};

before(async () => {
  do port = await freePort();
  while (!(await isFree(port + 1)));
  await start();
});

after(async () => {
  portal.kill('SIGKILL');
  await sleep(300);
  rmSync(data, { recursive: true, force: true });
});

test('a page comes through CloudFront’s part', async () => {
  const response = await fetch(`http://localhost:${port}/fi/`);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /Tervetuloa/);
  assert.equal(response.headers.get('content-security-policy'), "default-src 'none'");
  assert.equal(response.headers.get('cache-control'), 'public, max-age=0');
});

test('a function runs in its own environment, told of the engines, with nothing of ours', async () => {
  const { event, environment } = await echo('x');
  assert.equal(event.headers['x-origin-secret'], environment.ORIGIN_SECRET);
  assert.equal(environment.THINGS_TABLE, 'Things');
  assert.match(environment.AWS_ENDPOINT_URL_DYNAMODB ?? '', /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(environment.AWS_LAMBDA_FUNCTION_NAME, 'fixture-echo');
  assert.equal(environment.HOME, undefined);
});

describe('what a function does wrong stays its own affair', () => {
  test('an error is a 500, a crash too, taking too long a 503', async () => {
    assert.equal((await fetch(url('fail'))).status, 500);
    assert.equal((await fetch(url('crash'))).status, 500);
    assert.equal((await fetch(url('sleep'))).status, 503);
    assert.equal((await fetch(url('x'))).status, 200);
    assert.match(log, /"errorMessage":"as asked"/);
  });

  test('a body over the limit is a 413', async () => {
    assert.equal((await post('x', 'x'.repeat(10 * 1024 * 1024 + 1))).status, 413);
  });
});

test('a deployment’s trigger has run; a queue’s messages are worked on, and end in the dead letters', async () => {
  assert.deepEqual(await listed('work'), ['triggered']);
  await post('send', 'one');
  await post('send', 'fail');
  // Received twice, as the redrive policy says, and not a third time.
  const all = ['fail 1', 'fail 2', 'one', 'triggered'];
  await eventually(
    async () => isDeepStrictEqual(await listed('work'), all),
    'one, and two attempts at the failing one',
  );
  await sleep(6_000);
  assert.deepEqual(await listed('work'), all);
});

test('the clock moves for the functions, and back', async () => {
  assert.equal((await control('clock', { to: '2027-01-01T00:00:00Z' })).status, 200);
  assert.equal(new Date((await echo('x')).now).getUTCFullYear(), 2027);
  assert.equal((await control('clock', { to: 'nonsense' })).status, 400);
  await control('clock', { to: 'now' });
  assert.ok(Math.abs((await echo('x')).now - Date.now()) < 10_000);
});

test('the controls are not for everybody', async () => {
  const response = await fetch(`http://127.0.0.1:${port + 1}/local/mailbox`);
  assert.equal(response.status, 401);
  assert.equal((await control('invoke/nothing', {})).status, 404);
});

test('data outlives kill -9, Java does not; an end in order leaves nothing', async () => {
  assert.equal((await post('put', 'kept')).status, 200);
  assert.equal(javas().length, 1);
  await end('SIGKILL');
  await eventually(() => javas().length === 0, 'Java is gone');
  await start();
  assert.deepEqual(await listed('put'), ['kept']);
  // Published already: the trigger does not run again.
  await end('SIGTERM');
  assert.deepEqual(javas(), []);
  assert.ok(await isFree(port));
  assert.ok(await isFree(port + 1));
  await start();
});
