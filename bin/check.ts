/**
 * What a change must pass before it is committed, within a minute: types, lint and format, the fast tests (what pages
 * weigh among them) and those that hold the units of DynamoDB's journeys to their budgets.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const help = `npm run check [-- --without-tests]

  --without-tests  types, lint and format only: whoever runs \`npm test\` next runs the tests there
  --help           this text`;

const tests = 'fast tests and budgets';
const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  [
    tests,
    process.execPath,
    'bin/test.ts',
    '--fast',
    '--also',
    'storage/folder',
    '--also',
    'storage/sessions',
  ],
];

const main = (): number => {
  const { values } = parseArgs({
    options: { 'without-tests': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const wanted = steps.filter(([name]) => !(values['without-tests'] && name === tests));
  const failed = wanted.filter(([name, command, ...args]) => {
    console.log(`- ${name}`);
    return spawnSync(command, args, { stdio: 'inherit' }).status !== 0;
  });
  console.log(
    failed.length === 0 ? 'check: all good' : `check: failed: ${failed.map(([name]) => name).join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
};

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
