import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { documentClient, whenConditionFails } from '../../lambdas/storage/dynamodb.ts';

// DynamoDB Local never answers TransactionConflict, so this is played.
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map(Code => ({ Code })),
  });

const refusing = () => ({ kind: 'precondition-failed' }) as const;

test('a collision is tried again', async () => {
  const answers = [cancelled('None', 'TransactionConflict'), cancelled('TransactionConflict', 'None')];
  const send = async () => {
    const error = answers.shift();
    if (error) throw error;
    return 'written';
  };
  assert.equal(await whenConditionFails(send, refusing), 'written');
});

test('collisions without end are a conflict', async () => {
  let calls = 0;
  const send = async () => {
    calls++;
    throw cancelled('TransactionConflict');
  };
  await assert.rejects(
    whenConditionFails(send, refusing),
    (error: Refusal) => error.reason.kind === 'conflict',
  );
  assert.equal(calls, 4);
});

test('a failed condition beside a collision is final; any other error stays what it is', async () => {
  const mixed = async () => {
    throw cancelled('TransactionConflict', 'ConditionalCheckFailed');
  };
  await assert.rejects(whenConditionFails(mixed, refusing), (error: Refusal) => error instanceof Refusal);
  const broken = async () => {
    throw cancelled('ValidationError');
  };
  await assert.rejects(whenConditionFails(broken, refusing), TransactionCanceledException);
});

test('what DynamoDB does not answer in time is asked for again', async t => {
  let asked = 0;
  const silent = createServer(() => {
    asked++;
    if (asked === 2) silent.emit('again');
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const settings = {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  const before = { ...process.env };
  Object.assign(process.env, settings);
  const client = documentClient();
  t.after(() => {
    process.env = before;
    client.destroy();
    silent.closeAllConnections();
    silent.close();
  });
  const again = once(silent, 'again', { signal: AbortSignal.timeout(8_000) });
  const stop = new AbortController();
  const asking = client.send(new GetCommand({ TableName: 't', Key: { pk: 'p' } }), {
    abortSignal: stop.signal,
  });
  await again;
  stop.abort();
  await assert.rejects(asking);
});
