/**
 * What a change must pass before it is committed, within a minute: types, lint and format, the fast tests (what pages
 * weigh among them) and those that hold the units of DynamoDB's journeys to their budgets.
 */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  [
    'fast tests and budgets',
    process.execPath,
    'bin/test.ts',
    '--fast',
    '--also',
    'storage/folder',
    '--also',
    'storage/sessions',
  ],
];

const failed = steps.filter(([name, command, ...args]) => {
  console.log(`- ${name}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0;
});
console.log(
  failed.length === 0 ? 'check: all good' : `check: failed: ${failed.map(([name]) => name).join(', ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
