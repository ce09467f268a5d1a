import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStage, readContext, readStage, StageError, stageNames } from '../../lib/stage.ts';

const context = readContext() as { stages: Record<string, Record<string, unknown>> };

const withValue = (path: string, value: unknown) => {
  const stages = structuredClone(context.stages);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const holder = keys.reduce(
    (node, key) => node[key] as Record<string, unknown>,
    stages as Record<string, unknown>,
  );
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return { stages };
};

for (const name of stageNames) {
  test(`cdk.json describes the stage ${name} fully`, () => {
    const stage = readStage(name);
    assert.equal(stage.name, name);
    assert.match(stage.city.helpline.phone, /\d/);
  });
}

const wrong: readonly [path: string, value: unknown, message: RegExp][] = [
  ['dev.emailFrom', undefined, /^cdk\.json: stages\.dev\.emailFrom: /],
  [
    'dev.portalUrl',
    'https://elsewhere.example',
    /stages\.dev\.portalUrl: must be https:\/\/ and the name of domain/,
  ],
  ['dev.identity.issuer', 'https://issuer.example/', /identity\.issuer: must not end in a slash/],
  [
    'dev.departmentClients',
    [{ id: 'x', name: 'X', services: '*', scopes: ['all'] }],
    /departmentClients\.0\.scopes\.0: /,
  ],
  ['dev.typo', true, /^cdk\.json: stages\.dev: .*typo/],
];

for (const [path, value, message] of wrong) {
  test(`${path} = ${JSON.stringify(value)} is one plain line`, () => {
    assert.throws(
      () => parseStage({ stage: 'dev', ...withValue(path, value) }),
      error => error instanceof StageError && message.test(error.message) && !error.message.includes('\n'),
    );
  });
}

test('an unknown stage is named, with those there are', () => {
  assert.throws(() => parseStage({ ...context, stage: 'test' }), /must be one of dev, prod, local, not test/);
});

test('the command line goes before cdk.json, for the issuer of departments as well', () => {
  const stage = parseStage({
    ...context,
    stage: 'local',
    portalUrl: 'http://localhost:4000',
    issuer: 'http://127.0.0.1:4001',
    uploadsOrigin: 'http://127.0.0.1:4002',
  });
  assert.equal(stage.portalUrl, 'http://localhost:4000');
  assert.equal(stage.identity.issuer, 'http://127.0.0.1:4001');
  assert.equal(stage.identity.clientId, 'asiointi');
  assert.equal(stage.departmentIssuer, 'http://127.0.0.1:4001');
  assert.equal(stage.uploadsOrigin, 'http://127.0.0.1:4002');
});

test('a deployed stage keeps departments with its own user pool whatever the issuer', () => {
  assert.equal(
    parseStage({ ...context, stage: 'dev', issuer: 'https://other.example' }).departmentIssuer,
    undefined,
  );
});
