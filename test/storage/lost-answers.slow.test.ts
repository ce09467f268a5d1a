/** Calls that were carried out, whose answer was lost, and which the SDK has sent once more by itself. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { attachments } from '../../lambdas/storage/attachments.ts';
import { draftWarnings } from '../../lambdas/storage/draft-warnings.ts';
import { fuse, through } from '../faults/fuse.ts';
import { monday, sealer } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

describe('an answer that was lost', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());
  const repeating = (nth: number) => through(local.client, fuse('repeated', nth));

  test('to the claim of a warning leaves it with whoever claimed it, and with nobody else', async () => {
    const claim = (client: Pick<DynamodbLocal['client'], 'send'>) =>
      draftWarnings({ client, table: tables.drafts }).claim('warned', '2026-12-01', monday);
    assert.equal(await claim(repeating(1)), true);
    assert.equal(await claim(local.client), false);
  });

  test('to the announcement of a file is no reason to refuse it; another file is none of it', async () => {
    const draft = { owner: 'announcer', id: 'draft-announcer' };
    const file = {
      id: '11111111-1111-4111-8111-111111111111',
      name: 'a.pdf',
      size: 1,
      sha256: 'a'.repeat(64),
    };
    const announce = (client: Pick<DynamodbLocal['client'], 'send'>, name = file.name) =>
      attachments({ client, table: tables.attachments, drafts: tables.drafts, sealer }).announce(
        draft,
        { ...file, name, type: 'application/pdf', state: 'uploaded' },
        monday,
      );
    await announce(repeating(2));
    await assert.rejects(announce(local.client, 'b.pdf'));
    const files = await attachments({ client: local.client, table: tables.attachments, sealer }).list(
      draft,
      monday,
    );
    assert.deepEqual(
      files.map(({ name }) => name),
      ['a.pdf'],
    );
  });
});
