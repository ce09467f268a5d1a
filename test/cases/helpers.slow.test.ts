/** Questions that only show others (`misc:exclude-from-submit`): what they show arrives, they themselves do not. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { amendmentDraft } from '../../lambdas/domain/amendment.ts';
import { departmentDesk, show } from '../department/desk.ts';
import { token } from '../department/tokens.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { desk, draftBody, helpedForm, sending } from './fixture.ts';

const key = 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f';

describe('what a question of no use to its department shows', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());
  const { api } = departmentDesk(() => local);

  const begun = async (owner: string) => {
    const room = desk(local);
    const call = await room.browser({ owner });
    const begin = (draft: string, answers: object) =>
      call({
        route: 'PUT /api/drafts/{id}',
        parameters: { id: draft },
        headers: { 'if-none-match': '*' },
        body: draftBody(helpedForm, { answers }),
      });
    return { ...room, call, begin };
  };

  test('is sent, kept and shown, with its files, and the department is told it without the question', async () => {
    const { call, begin, arrived } = await begun('helped');
    const puppies = [{ name: 'Eka', isOther: true }, { name: 'Toka' }];
    const filled = { dog: { name: 'Musti', more: true, why: 'Siksi', puppies } };
    assert.equal((await begin(key, filled)).status, 201);
    const file = { name: 'kartta.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) };
    const announced = await call({
      route: 'POST /api/drafts/{id}/attachments',
      parameters: { id: key },
      body: { ...file, field: '/dog/map' },
    });
    assert.equal(announced.status, 201, announced.text);
    const { id } = announced.body.attachment as { id: string };
    arrived.add(id);
    const map = { integrationID: id, fileName: file.name, size: 3 };
    const sent = { dog: { ...filled.dog, map } };
    const { status, body } = await call(sending(helpedForm, key, { answers: sent }));
    assert.equal(status, 201);
    const caseNumber = body.caseNumber as string;
    const opened = await call({ route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } });
    assert.deepEqual(opened.body.answers, sent);
    assert.equal((opened.body.attachments as unknown[]).length, 1);

    const told = { name: 'Musti', why: 'Siksi', map, puppies: [{ name: 'Eka' }, { name: 'Toka' }] };
    const handed = await api()(token('all'), show(caseNumber));
    assert.equal(handed.status, 200, handed.text);
    assert.deepEqual(handed.body.answers, { dog: told });

    const draft = amendmentDraft(caseNumber, 1);
    const { why: _, map: __, ...less } = sent.dog;
    const changed = {
      dog: { ...less, more: false, puppies: [{ name: 'Eka', isOther: false }, { name: 'Toka' }] },
    };
    await begin(draft, changed);
    assert.equal((await call(sending(helpedForm, draft, { answers: changed }))).status, 201);
    const later = await api()(token('all'), show(caseNumber));
    const { changes, handedOver } = (later.body.events as Record<string, unknown>[]).at(-1) ?? {};
    assert.deepEqual(
      (changes as { pointer: string }[]).map(({ pointer }) => pointer),
      ['/dog/why', '/dog/map'],
    );
    assert.equal(handedOver, undefined);
    assert.doesNotMatch(later.text, /isOther|"more"/);
    assert.deepEqual(later.body.sentAnswers, { dog: told });
  });
});
