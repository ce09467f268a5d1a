import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { essential, measureFaults } from './measure.ts';

describe('sending when things break', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('at whatever call it breaks, one case and one number come of it; planted mistakes are found', async () => {
    const { schedules, planted, findings, ...faults } = await measureFaults(local.client, essential);
    assert.deepEqual(findings, []);
    assert.deepEqual(faults, { lost: 0, duplicated: 0, unavoidable: 0, plantedFound: planted });

    assert.ok(schedules > 80, `${schedules} schedules`);
  });
});
