import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { bundleLambdas } from '../../lib/bundle.ts';
import { type Resource, synthesise } from './app.ts';

const root = join(import.meta.dirname, '../..');

/** What is only known when it is deployed: names, ARNs and secrets stand for themselves. */
const given = (value: unknown): string => (typeof value === 'string' ? value : 'known-when-deployed');

/** Loads a bundle as Lambda does: with the variables the stack gives its function, and no others. */
const load = (bundle: string, variables: Readonly<Record<string, unknown>>): string => {
  const module = join(root, 'dist/lambdas', bundle, 'index.mjs');
  const script = `const { handler } = await import(${JSON.stringify(`file://${module}`)}); console.log(typeof handler)`;
  const values = Object.entries(variables).map(([name, value]) => [name, given(value)]);
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { AWS_REGION: 'eu-north-1', AWS_EC2_METADATA_DISABLED: 'true', ...Object.fromEntries(values) },
  });
  // The line of the bundle that threw is the whole bundle: the end of what is said is enough.
  return stdout.trim() || stderr.slice(-1_000);
};

let functions: readonly Resource[];
before(async () => {
  const { ofType } = await synthesise('local');
  // What lies in dist/ may be older than the handlers.
  await bundleLambdas();
  functions = ofType('AWS::Lambda::Function').filter(({ Properties }) => Properties.FunctionName);
});

const bundleOf = ({ Properties }: Resource): string => Properties.FunctionName.replace('asiointi-local-', '');

test('every handler in the tree has its function in the stack, and the other way round', () => {
  const handlers = globSync('lambdas/*/*.lambda.ts', { cwd: root }).map(file =>
    file.replace('lambdas/', '').replace('.lambda.ts', '').replace('/', '-'),
  );
  assert.deepEqual(functions.map(bundleOf).sort(), handlers.sort());
});

test('every bundle starts with exactly the variables its function has', () => {
  for (const each of functions) {
    const variables = each.Properties.Environment?.Variables ?? {};
    assert.equal(load(bundleOf(each), variables), 'function', bundleOf(each));
  }
});

test('nothing that speaks plain http is in a bundle: the transport lies beside those that use it', () => {
  for (const bundle of functions.map(bundleOf)) {
    const folder = join(root, 'dist/lambdas', bundle);
    const uses = readFileSync(join(folder, 'index.mjs'), 'utf8').includes('"./transport.mjs"');
    assert.equal(existsSync(join(folder, 'transport.mjs')), uses, bundle);
    if (uses) assert.doesNotMatch(readFileSync(join(folder, 'transport.mjs'), 'utf8'), /[Ii]nsecure|http:/);
  }
});
