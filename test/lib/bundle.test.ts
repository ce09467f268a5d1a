import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Metafile } from 'esbuild';
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
let metafile: Metafile;
before(async () => {
  const { ofType } = await synthesise('local');
  // What lies in dist/ may be older than the handlers.
  metafile = await bundleLambdas();
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

/** The packages of a bundle, by what is really in it: what was shaken out brings no byte. */
const packagesOf = (bundle: string): string[] => {
  const inputs = Object.entries(metafile.outputs[`dist/lambdas/${bundle}/index.mjs`]?.inputs ?? {});
  assert.ok(inputs.length > 0, bundle);
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names.filter(name => name !== undefined))];
};

test('libraries for tokens are in sign-in, sign-out and where systems come by token only: elsewhere a cookie is a hash', () => {
  const isOfTokens = (name: string) => /^(jose|openid-client|oauth4webapi|aws-jwt-verify)$/.test(name);
  const users = functions.map(bundleOf).filter(bundle => packagesOf(bundle).some(isOfTokens));
  const allowed = (bundle: string) => /^(identity-sign-(in|out)|department-.*|gdpr-.*)$/.test(bundle);
  assert.deepEqual(
    users.filter(bundle => !allowed(bundle)),
    [],
  );
  // Or the test would be looking for the wrong names.
  for (const bundle of ['identity-sign-in', 'identity-sign-out', 'department-department', 'gdpr-query'])
    assert.ok(users.includes(bundle), bundle);
});

test('what checks a session brings no client but the table’s', () => {
  const heavy = packagesOf('identity-session').filter(name =>
    /^@aws-sdk\/client-(?!dynamodb)|^@middy\/(?!core$)/.test(name),
  );
  assert.deepEqual(heavy, []);
});

test('nothing that speaks plain http is in a bundle: the transport lies beside those that use it', () => {
  for (const bundle of functions.map(bundleOf)) {
    const folder = join(root, 'dist/lambdas', bundle);
    const uses = readFileSync(join(folder, 'index.mjs'), 'utf8').includes('"./transport.mjs"');
    assert.equal(existsSync(join(folder, 'transport.mjs')), uses, bundle);
    if (uses) assert.doesNotMatch(readFileSync(join(folder, 'transport.mjs'), 'utf8'), /[Ii]nsecure|http:/);
  }
});
