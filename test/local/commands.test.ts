import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const run = (script: string, args: string[] = [], environment: Record<string, string> = {}) => {
  const env = { ...process.env, PORTAL_DATA: join(tmpdir(), 'no-portal-here'), ...environment };
  return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env });
};

/** One line on stderr, nothing on stdout, and 2. */
const refuses = (...call: Parameters<typeof run>): void => {
  const { status, stdout, stderr } = run(...call);
  assert.deepEqual([status, stdout, stderr.trimEnd().split('\n').length], [2, '', 1], stderr);
};

const commands = {
  'bin/local.ts': ['--nonsense'],
  'bin/clock.ts': ['soon'],
  'bin/digest.ts': ['--at', 'nine'],
  'bin/catalogue-import.ts': [],
  'bin/setup.mjs': ['--nonsense'],
};

for (const [script, wrong] of Object.entries(commands))
  describe(script, () => {
    test('--help says how it is used', () => {
      const { status, stdout } = run(script, ['--help']);
      assert.equal(status, 0);
      assert.match(stdout, /--help|npm run/);
    });

    test('a wrong call is one line and 2', () => refuses(script, wrong));
  });

test('a port that is none is a wrong call', () => refuses('bin/local.ts', [], { PORT: 'http' }));

test('without a running portal, one line and 2', () => {
  refuses('bin/clock.ts', ['+1h']);
  refuses('bin/digest.ts', ['--at', '2026-11-23T09:00:00+02:00']);
  refuses('bin/catalogue-import.ts', ['package.json']);
});
