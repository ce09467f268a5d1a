import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureFolder, readFixture } from './fixture.ts';

const { stack } = readFixture();

test('functions have their code, limits and resolved environment', () => {
  const [echo, work] = stack.functions;
  assert.equal(echo?.name, 'fixture-echo');
  assert.equal(echo?.code, `${fixtureFolder}/asset.echo`);
  assert.equal(echo?.timeoutSeconds, 10);
  assert.equal(echo?.environment.THINGS_TABLE, 'Things');
  assert.equal(echo?.environment.WORK_QUEUE_URL, 'http://127.0.0.1:9324/000000000000/Work');
  assert.equal(echo?.environment.ORIGIN_SECRET, 'value of OriginSecret');
  assert.equal(echo?.environment.IDENTITY_CLIENT_SECRET, 'value of IdentitySecret');
  assert.match(
    echo?.environment.SEALING_KEY ?? '',
    /^arn:aws:kms:eu-north-1:000000000000:key\/[0-9a-f-]{36}$/,
  );
  assert.deepEqual(work?.environment, { THINGS_TABLE: 'Things' });
});

test('a key is named as its ARN ends', () => {
  const sealing = stack.functions[0]?.environment.SEALING_KEY?.split('/')[1];
  assert.deepEqual(
    stack.keys.map(({ kind }) => kind),
    ['encrypt', 'hmac'],
  );
  assert.equal(stack.keys[0]?.id, sealing);
});

test('routes lead to functions', () => {
  assert.deepEqual(
    stack.routes.map(({ key, functionName }) => [key, functionName]),
    [
      ['GET /api/echo/{name}', 'fixture-echo'],
      ['POST /api/echo/{name}', 'fixture-echo'],
      ['$default', 'fixture-echo'],
    ],
  );
});

test('tables, what expires, buckets', () => {
  const [table] = stack.tables;
  assert.equal(table?.TableName, 'Things');
  assert.equal(table?.GlobalSecondaryIndexes?.[0]?.IndexName, 'ByKind');
  assert.deepEqual(stack.expiring, [{ name: 'Things', attribute: 'expiresAt', keys: ['pk', 'sk'] }]);
  assert.deepEqual(Object.keys(stack.buckets), ['site', 'fixture-uploads']);
  assert.deepEqual(stack.buckets['fixture-uploads']?.cors?.[0]?.allowedMethods, ['POST']);
});

test('queues with their dead letters, and who works on them', () => {
  const work = stack.queues.find(({ name }) => name === 'Work');
  assert.deepEqual(work?.redrive, {
    deadLetterTargetArn: 'arn:aws:sqs:eu-north-1:000000000000:Dead',
    maxReceiveCount: 2,
  });
  assert.deepEqual(stack.mappings, [
    {
      queueArn: 'arn:aws:sqs:eu-north-1:000000000000:Work',
      functionName: 'fixture-work',
      batchSize: 1,
      concurrency: 2,
      reportsFailures: true,
    },
  ]);
});

test('schedules, deployments and triggers', () => {
  assert.equal(stack.schedules[0]?.functionName, 'fixture-echo');
  assert.equal(stack.schedules[0]?.timeZone, 'Europe/Helsinki');
  const [files] = stack.deployments;
  assert.deepEqual(files?.sources, [`${fixtureFolder}/asset.site`]);
  assert.equal(files?.bucket, 'site');
  assert.equal(files?.prune, false);
  // Through the version the trigger names.
  assert.deepEqual(stack.triggers, ['fixture-work']);
});
