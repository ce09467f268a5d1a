import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { whenConditionFails } from '../../lambdas/storage/dynamodb.ts';

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
