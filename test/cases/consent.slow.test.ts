import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { caseStore, monday, submission } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';

describe('consent by a form', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('is remembered with the sending of its form, for its sender and no other', async () => {
    const { submissions, consents } = caseStore(local.client);
    const { content, title: _, ...sent } = submission('patient', 'draft-consent', { form: 'suostumus' });
    assert.equal(await consents.given('patient', 'suostumus'), undefined);
    await submissions.deliver({ ...sent, ...content, consent: true });
    assert.equal(await consents.given('patient', 'suostumus'), monday);
    assert.equal(await consents.given('other', 'suostumus'), undefined);
    assert.equal(await consents.given('patient', 'another'), undefined);
  });
});
