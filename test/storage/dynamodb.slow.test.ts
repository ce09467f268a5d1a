import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Refusal } from '../../lambdas/domain/refusal.ts';
import { type FailedCondition, whenConditionFails } from '../../lambdas/storage/dynamodb.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

describe('conditional writes', { skip: dynamodbLocalIsMissing() }, () => {
  let engine: DynamodbLocal;
  before(async () => {
    engine = await startDynamodbLocal();
  });
  after(() => engine.stop());

  const onlyNew = (sk: string, value: string) => ({
    TableName: tables.drafts,
    Item: { pk: 'OWNER#a', sk, value },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  });

  const refusalOf = async (send: () => Promise<unknown>): Promise<FailedCondition> => {
    let seen: FailedCondition | undefined;
    const write = whenConditionFails(send, failed => {
      seen = failed;
      return { kind: 'precondition-failed' };
    });
    await assert.rejects(write, (error: unknown) => (error as Refusal).reason.kind === 'precondition-failed');
    assert.ok(seen);
    return seen;
  };

  test('a failed condition shows the row that was in the way', async () => {
    await engine.client.send(new PutCommand(onlyNew('DRAFT#1', 'first')));
    const failed = await refusalOf(() => engine.client.send(new PutCommand(onlyNew('DRAFT#1', 'second'))));
    assert.deepEqual(failed, { index: 0, row: { pk: 'OWNER#a', sk: 'DRAFT#1', value: 'first' } });
  });

  test('of a transaction, which write it was, and nothing was written', async () => {
    const TransactItems = [{ Put: onlyNew('DRAFT#2', 'new') }, { Put: onlyNew('DRAFT#1', 'second') }];
    const send = () => engine.client.send(new TransactWriteCommand({ TransactItems }));
    assert.equal((await refusalOf(send)).index, 1);
    await engine.client.send(new PutCommand(onlyNew('DRAFT#2', 'still free')));
  });
});
