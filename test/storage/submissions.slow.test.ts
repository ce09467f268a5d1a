import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { draftExpiry } from '../../lambdas/domain/draft.ts';
import { Refusal } from '../../lambdas/domain/refusal.ts';
import { transact } from '../../lambdas/storage/transaction.ts';
import { caseStore, monday, submission } from './case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal, tables } from './dynamodb-local.ts';

type Client = Pick<DynamoDBDocumentClient, 'send'>;

describe('sending a form', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const headersOf = async (owner: string) =>
    (await caseStore(local.client).folder.page(owner, 'desc')).headers;

  test('twenty at once make one case, and everybody is told its number', async () => {
    const { submissions } = caseStore(local.client);
    const receipts = await Promise.all(
      Array.from({ length: 20 }, () => submissions.submit(submission('crowd', 'draft-crowd'))),
    );
    const headers = await headersOf('crowd');
    assert.equal(headers.length, 1);
    assert.deepEqual(
      new Set(receipts.map(({ caseNumber }) => caseNumber)),
      new Set([headers[0]?.caseNumber]),
    );
    assert.deepEqual(await submissions.find(submission('crowd', 'draft-crowd'), monday), receipts[0]);
  });

  test('two drafts are two cases with numbers of their own', async () => {
    const { submissions } = caseStore(local.client);
    await Promise.all(['a', 'b'].map(draft => submissions.submit(submission('two', `draft-two-${draft}`))));
    const headers = await headersOf('two');
    assert.equal(new Set(headers.map(({ caseNumber }) => caseNumber)).size, 2);
  });

  /** Calls go through until the n-th, which is done or not and then breaks, as a connection does. */
  const breaking = (call: number, done: boolean): Client => {
    let calls = 0;
    const send = async (command: Parameters<Client['send']>[0]) => {
      calls += 1;
      if (calls !== call) return local.client.send(command as never);
      if (done) await local.client.send(command as never);
      throw new Error('the connection broke');
    };
    return { send: send as Client['send'] };
  };

  for (const done of [false, true])
    for (const call of [1, 2, 3])
      test(`survives a break ${done ? 'after' : 'before'} call ${call}`, async () => {
        const owner = `break-${call}-${done}`;
        const sent = submission(owner, 'draft-break', { service: owner });
        await assert.rejects(caseStore(breaking(call, done)).submissions.submit(sent), /connection broke/);
        const again = await caseStore(local.client).submissions.submit(sent);
        const headers = await headersOf(owner);
        assert.deepEqual(
          headers.map(({ caseNumber }) => caseNumber),
          [again.caseNumber],
        );
      });

  test('a number that is taken already is passed over', async () => {
    const { submissions } = caseStore(local.client);
    const first = await submissions.submit(submission('restored', 'draft-restored-1'));
    const rewound: Client = {
      send: (async (command: { input: { UpdateExpression?: string } }) => {
        const answer = await local.client.send(command as never);
        const isCounter = command.input.UpdateExpression?.startsWith('ADD #last') && !rewoundOnce;
        if (!isCounter) return answer;
        rewoundOnce = true;
        return { Attributes: { last: Number(first.caseNumber.slice(-6)) } };
      }) as Client['send'],
    };
    let rewoundOnce = false;
    const second = await caseStore(rewound).submissions.submit(submission('restored', 'draft-restored-2'));
    assert.notEqual(second.caseNumber, first.caseNumber);
    assert.equal((await headersOf('restored')).length, 2);
  });

  test('what was sent is what is opened, and nothing of it is readable in the table', async () => {
    const { submissions, cases } = caseStore(local.client);
    const sent = submission('reader', 'draft-reader');
    const { caseNumber } = await submissions.submit(sent);
    const opened = await cases.open('reader', caseNumber);
    assert.deepEqual(opened?.content, { ...sent.content, draft: 'draft-reader', attachable: false });
    assert.deepEqual(
      opened?.events.map(({ type, sequence }) => ({ type, sequence })),
      [{ type: 'submitted', sequence: 1 }],
    );
    const { Items } = await local.client.send(new ScanCommand({ TableName: tables.cases }));
    const readable = JSON.stringify(Items, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    for (const personal of ['Musti', '010190-900Y', 'Meik'])
      assert.ok(!readable.includes(personal), personal);
  });

  test("another person's case does not open", async () => {
    const { submissions, cases } = caseStore(local.client);
    const { caseNumber } = await submissions.submit(submission('mine', 'draft-mine'));
    assert.equal(await cases.open('other', caseNumber), undefined);
    assert.equal(await cases.header('other', caseNumber), undefined);
    assert.equal(await submissions.find(submission('other', 'draft-mine'), monday), undefined);
  });

  test('a receipt is kept as long as a draft would be', async () => {
    const { submissions } = caseStore(local.client);
    await submissions.submit(submission('kept', 'draft-kept'));
    assert.ok(await submissions.find(submission('kept', 'draft-kept'), draftExpiry(monday) - 1_000));
    assert.equal(await submissions.find(submission('kept', 'draft-kept'), draftExpiry(monday)), undefined);
  });

  test('a draft that was sent is not sent again with something else, and its sender is told', async () => {
    const { submissions } = caseStore(local.client);
    const first = submission('editor', 'draft-editor');
    const edited = { ...first, digest: 'another content' };
    await submissions.submit(first);
    const reused = (error: unknown) =>
      error instanceof Refusal && error.reason.kind === 'idempotency-key-reused';
    await assert.rejects(submissions.find(edited, monday), reused);
    await assert.rejects(submissions.submit(edited), reused);
    assert.equal((await headersOf('editor')).length, 1);
  });

  test('a form that is never stored leaves nothing in the folder', async () => {
    const { submissions, cases } = caseStore(local.client);
    const { content, title, ...sent } = submission('patient', 'draft-patient', { service: 'terveys' });
    const delivery = {
      ...sent,
      applicant: content.applicant,
      language: content.language,
      answers: content.answers,
    };
    const receipts = await Promise.all([submissions.deliver(delivery), submissions.deliver(delivery)]);
    assert.equal(receipts[0].caseNumber, receipts[1].caseNumber);
    assert.equal(receipts[0].stored, false);
    assert.deepEqual(await headersOf('patient'), []);
    assert.equal(await cases.open('patient', receipts[0].caseNumber), undefined);
    const { Items } = await local.client.send(
      new ScanCommand({
        TableName: tables.cases,
        FilterExpression: 'contains(pk, :owner)',
        ExpressionAttributeValues: { ':owner': 'patient' },
      }),
    );
    assert.deepEqual(Items, []);
  });

  /** DynamoDB Local never answers a conflict, so it is played. */
  const conflicting = (times: number): Client => {
    let left = times;
    return {
      send: (async () => {
        if (left-- <= 0) return {};
        throw new TransactionCanceledException({
          message: 'conflict',
          $metadata: {},
          CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
        });
      }) as Client['send'],
    };
  };
  const withoutPause = async () => {};

  test('a conflict is tried again, and not for ever', async () => {
    assert.equal(await transact(conflicting(3), [], withoutPause), undefined);
    await assert.rejects(
      transact(conflicting(1_000), [], withoutPause),
      (error: Refusal) => error.reason.kind === 'unavailable',
    );
  });
});
