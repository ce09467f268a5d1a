import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { people } from '../../lib/local/engines/identity/people.ts';
import { registered } from './citizen.ts';
import { command } from './command.ts';
import { dogForm } from './content.ts';
import { startPortal } from './portal.ts';

const data = mkdtempSync(join(tmpdir(), 'portal-life-'));
after(() => rmSync(data, { recursive: true, force: true }));

const [person] = people;

/** Processes that name this portal's data folder: its supervisor and its Java. */
const processes = (): string[] =>
  spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(line => line.includes(data));

const gone = async (): Promise<boolean> => {
  for (let tries = 0; tries < 40 && processes().length > 0; tries++) await wait(250);
  return processes().length === 0;
};

test('what was sent survives kill -9, and Ctrl-C leaves no process behind', async () => {
  assert.ok(person);
  const first = await startPortal({ data });
  assert.match(first.output(), new RegExp(`Portal ready: http://localhost:${first.place.port}\\n`));
  assert.match(first.output(), /client local-department, secret local-secret/);
  const citizen = await registered(first.place, { person: person.id });
  const sent = await citizen.call('POST', '/api/cases', dogForm.submission(await dogForm.version(citizen)), {
    'idempotency-key': randomUUID(),
  });
  assert.equal(sent.status, 201, sent.text);
  assert.ok(first.pid);
  process.kill(first.pid, 'SIGKILL');
  assert.ok(await gone(), `still there: ${processes().join('\n')}`);

  const second = await startPortal({ data, port: first.place.port });
  const again = await registered(second.place, { person: person.id });
  const { items } = (await again.call('GET', '/api/cases')).json();
  assert.deepEqual(
    items.map((item: { caseNumber: string }) => item.caseNumber),
    [sent.json().caseNumber],
  );
  await second.stop();
  assert.ok(await gone(), `still there: ${processes().join('\n')}`);
});

test('commands that need a portal say in one line that none runs', async () => {
  const place = { port: 1, url: '', identityUrl: '', data };
  for (const script of ['department', 'digest', 'mailbox', 'clock', 'catalogue-import']) {
    const args =
      { department: ['list'], digest: ['--at', '2026-11-23T09:00:00+02:00'], clock: ['now'] }[script] ?? [];
    const ran = await command(place, script, ...(script === 'catalogue-import' ? ['package.json'] : args));
    assert.equal(ran.status, 2, `${script}: ${ran.stdout}${ran.stderr}`);
    assert.equal(ran.stderr.trim().split('\n').length, 1, ran.stderr);
  }
});
