import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'forms-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, ['bin/forms.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PORTAL_DATA: folder },
  });
  return { status, answer: args.includes('--json') && stdout ? JSON.parse(stdout) : undefined };
};

const form = join(folder, 'koirailmoitus');
cpSync(join(root, 'web/content/forms/koirailmoitus'), form, { recursive: true });
const answers = join(folder, 'answers.json');

it('checks a good form: 0', () => {
  const { status, answer } = run('check', form, '--json');
  assert.deepEqual(
    [status, answer.pages, answer.fields, answer.problems],
    [0, ['notification', 'dog', 'owner'], 17, []],
  );
});

it('judges answers as the server would: 1 and where', () => {
  writeFileSync(answers, '{}');
  const { status, answer } = run('validate', form, answers, '--json');
  assert.deepEqual(
    [status, answer.valid, answer.errors[0]],
    [1, false, { pointer: '/notification/event/reason', code: 'required' }],
  );
});

it('names what is wrong, in broken JSON too: 1', () => {
  writeFileSync(join(form, 'uiSchema.json'), '{"notification":{"ui:colour":"red"}}');
  const unsupported = run('check', form, '--json');
  assert.equal(unsupported.status, 1);
  assert.deepEqual(unsupported.answer.problems, [
    {
      file: 'uiSchema.json',
      pointer: '/notification/ui:colour',
      reason: 'ui:colour is not supported',
      severity: 'error',
    },
  ]);
  writeFileSync(join(form, 'uiSchema.json'), '{');
  const broken = run('check', form, '--json');
  assert.deepEqual([broken.status, broken.answer.problems[0].file], [1, 'uiSchema.json']);
});

it('passes over no file that is there, and reads one that begins with the mark of its byte order', () => {
  const uiSchema = join(form, 'uiSchema.json');
  rmSync(uiSchema);
  mkdirSync(uiSchema);
  const unread = run('check', form, '--json');
  assert.deepEqual([unread.status, unread.answer.problems[0].file], [1, 'uiSchema.json']);
  rmSync(uiSchema, { recursive: true });
  const text = readFileSync(join(root, 'web/content/forms/koirailmoitus/uiSchema.json'), 'utf8');
  writeFileSync(uiSchema, `\ufeff${text}`);
  writeFileSync(answers, '\ufeff{}');
  assert.equal(run('check', form, '--json').status, 0);
  assert.equal(run('validate', form, answers, '--json').answer.valid, false);
});

it('cannot carry out other calls: 2', () => {
  for (const args of [
    [],
    ['check'],
    ['check', join(folder, 'nothing')],
    ['validate', form, join(folder, 'nothing.json')],
    ['check', form, '--loud'],
  ])
    assert.equal(run(...args).status, 2, args.join(' '));
});

it('publishes nowhere when nothing runs: 2', () => {
  cpSync(join(root, 'web/content/forms/koirailmoitus/uiSchema.json'), join(form, 'uiSchema.json'));
  assert.equal(run('publish', form).status, 2);
});
