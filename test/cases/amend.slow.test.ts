import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { amendmentDraft } from '../../lambdas/domain/amendment.ts';
import { attachmentKey } from '../../lambdas/storage/attachment-rows.ts';
import { message } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { changeableForm, desk, draftBody, roundForm, sending } from './fixture.ts';

const key = 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f';
const answers = (name: string, map?: object) => ({ dog: { name, ...(map && { map }) } });
const fileAnswer = (id: string, fileName: string) => ({
  integrationID: id,
  fileName,
  fileType: 0,
  size: 3,
  isNewAttachment: true,
  isDeliveredLater: false,
  isIncludedInOtherFile: false,
});

describe('changing what was sent', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  const sent = async (owner: string, client?: Pick<DynamodbLocal['client'], 'send'>) => {
    const room = desk(local, client);
    const call = await room.browser({ owner });
    const begin = async (draft: string, name: string) => {
      const begun = await call({
        route: 'PUT /api/drafts/{id}',
        parameters: { id: draft },
        headers: { 'if-none-match': '*' },
        body: draftBody(changeableForm, { answers: answers(name) }),
      });
      assert.equal(begun.status, 201, begun.text);
    };
    const upload = async (draft: string, name: string) => {
      const body = { name, size: 3, type: 'application/pdf', sha256: 'a'.repeat(64), field: '/dog/map' };
      const route = 'POST /api/drafts/{id}/attachments';
      const announced = await call({ route, parameters: { id: draft }, body });
      assert.equal(announced.status, 201, announced.text);
      const { id } = announced.body.attachment as { id: string };
      room.arrived.add(id);
      return fileAnswer(id, name);
    };
    const send = (draft: string, given: object) => call(sending(changeableForm, draft, { answers: given }));
    await begin(key, 'Musti');
    const map = await upload(key, 'kartta.pdf');
    const first = await send(key, answers('Musti', map));
    assert.equal(first.status, 201, first.text);
    const { caseNumber } = first.body as { caseNumber: string };
    const at = (route: string) => call({ route, parameters: { caseNumber } });
    return {
      ...room,
      ...{ call, begin, upload, send, caseNumber, map, at },
      open: async () => (await at('GET /api/cases/{caseNumber}')).body,
      draft: (version: number) => amendmentDraft(caseNumber, version),
    };
  };

  test('a new version says field by field what differs; what was sent first stays as it was', async () => {
    const { open, begin, upload, send, caseNumber, map, draft, cases } = await sent('changer');
    assert.equal((await open()).amendmentDraft, draft(1));
    await begin(draft(1), 'Musti');
    const other = await upload(draft(1), 'uusi.pdf');
    const changed = await send(draft(1), answers('Murre', other));
    assert.deepEqual([changed.status, changed.body], [201, { caseNumber, stored: true }]);
    assert.deepEqual((await send(draft(1), answers('Murre', other))).body, changed.body, 'once');
    const after = await open();
    assert.deepEqual(after.answers, answers('Murre', other));
    assert.deepEqual(
      (after.attachments as { name: string }[]).map(({ name }) => name),
      ['uusi.pdf'],
    );
    assert.equal(after.amendmentDraft, draft(2));
    const { changes, by } = (after.events as { changes: unknown[]; by: string }[]).at(-1) ?? {};
    assert.equal(by, 'citizen');
    assert.deepEqual(changes, [
      { pointer: '/dog/name', before: 'Musti', after: 'Murre' },
      { pointer: '/dog/map/integrationID', before: map.integrationID, after: other.integrationID },
      { pointer: '/dog/map/fileName', before: 'kartta.pdf', after: 'uusi.pdf' },
    ]);
    const kept = await cases.open('changer', caseNumber);
    assert.deepEqual(kept?.content.answers, answers('Musti', map));
    assert.deepEqual(
      kept?.content.attachments.map(({ name }) => name),
      ['kartta.pdf'],
    );
    // A file that stays is not sent again.
    await begin(draft(2), 'Murre');
    assert.equal((await send(draft(2), answers('Turre', other))).status, 201);
    const last = await open();
    assert.deepEqual(last.answers, answers('Turre', other));
    assert.equal((last.attachments as unknown[]).length, 1);
  });

  test('the answers of a change are judged as any', async () => {
    const { begin, send, draft } = await sent('judged');
    await begin(draft(1), 'Musti');
    const missing = await send(draft(1), { dog: {} });
    assert.deepEqual([missing.status, missing.body.type], [422, '/problems/invalid-answers']);
    const unknown = await send(
      draft(1),
      answers('Musti', fileAnswer('11111111-1111-4111-8111-111111111111', 'x')),
    );
    assert.equal(unknown.body.type, '/problems/attachment-missing');
  });

  test('a file that is found to be malware while its change is sent is named at once, and nothing is changed', async () => {
    const found: { key?: ReturnType<typeof attachmentKey>; tries: number } = { tries: 0 };
    const late = async (command: unknown) => {
      if (command instanceof TransactWriteCommand && found.key) {
        found.tries += 1;
        await local.client.send(
          new UpdateCommand({
            TableName: tables.attachments,
            Key: found.key,
            UpdateExpression: 'SET #state = :refused, why = :why',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':refused': 'refused', ':why': 'infected' },
          }),
        );
      }
      return local.client.send(command as TransactWriteCommand);
    };
    const client = { send: late } as Pick<DynamodbLocal['client'], 'send'>;
    const { begin, upload, send, draft, open } = await sent('unlucky', client);
    await begin(draft(1), 'Murre');
    const other = await upload(draft(1), 'uusi.pdf');
    found.key = attachmentKey({ owner: 'unlucky', id: draft(1) }, other.integrationID);
    const refused = await send(draft(1), answers('Murre', other));
    assert.deepEqual(
      [refused.status, refused.body.type, found.tries],
      [410, '/problems/attachment-refused', 1],
    );
    assert.equal((await open()).revision, 1);
  });

  test('only while its form allows it, only the newest, and nobody else’s', async () => {
    const { open, begin, send, draft, events, caseNumber, map } = await sent('late');
    const stranger = await desk(local).browser({ owner: 'not-mine' });
    const theirs = await stranger(sending(changeableForm, draft(1), { answers: answers('Oma') }));
    assert.equal(theirs.status, 404);
    assert.equal((await send(draft(2), answers('Murre', map))).status, 409, 'a version is not left out');
    await begin(draft(1), 'Musti');
    const body = { type: 'status', status: 'processing' } as const;
    await events.add(message('late', caseNumber, 's', { body, judge: async () => 'processing' }));
    assert.equal((await open()).amendmentDraft, undefined);
    const refused = await send(draft(1), answers('Murre', map));
    assert.deepEqual([refused.status, refused.body.type], [409, '/problems/amendment-not-allowed']);
    assert.equal((await open()).revision, 2);
  });

  test('no change is offered that could not be sent: not once the form takes nothing more', async () => {
    const { browser, clock } = desk(local);
    const call = await browser({ owner: 'rounder' });
    const { caseNumber } = (await call(sending(roundForm, key))).body as { caseNumber: string };
    const open = { route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } };
    const draft = amendmentDraft(caseNumber, 1);
    assert.equal((await call(open)).body.amendmentDraft, draft);
    clock.now = Date.parse('2027-01-01T10:00:00+02:00');
    const later = await browser({ owner: 'rounder' });
    const closed = await later(open);
    assert.deepEqual([closed.status, closed.body.amendmentDraft], [200, undefined]);
  });

  test('what is withdrawn leaves no change behind that was begun', async () => {
    const { call, begin, draft, caseNumber } = await sent('half-changer');
    await begin(draft(1), 'Murre');
    const parameters = { caseNumber };
    const cancel = { route: 'POST /api/cases/{caseNumber}/cancellation', parameters, body: {} };
    assert.equal((await call(cancel)).status, 201);
    assert.deepEqual((await call({ route: 'GET /api/drafts' })).body.items, []);
    assert.equal((await call(cancel)).status, 201, 'once, however often');
  });

  test('what was sent is withdrawn where its form allows it, once, and only then', async () => {
    const { open, call, caseNumber } = await sent('withdrawer');
    assert.equal((await open()).canWithdraw, true);
    const cancel = {
      route: 'POST /api/cases/{caseNumber}/cancellation',
      parameters: { caseNumber },
      body: {},
    };
    const first = await call(cancel);
    assert.equal(first.status, 201, first.text);
    assert.deepEqual((await call(cancel)).body, first.body);
    const after = await open();
    assert.deepEqual(
      [after.status, after.canWithdraw, after.amendmentDraft],
      ['cancelled', false, undefined],
    );
    assert.deepEqual(
      (after.events as { type: string; by: string }[]).map(({ type, by }) => [type, by]),
      [
        ['submitted', 'citizen'],
        ['status', 'citizen'],
      ],
    );
  });
});
