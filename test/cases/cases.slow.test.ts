import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { message } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { consentForm, desk, dogForm, draftBody, grantForm, sending } from './fixture.ts';

const key = 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f';
const folder = (query: Record<string, string> = {}) => ({ route: 'GET /api/cases', query });
const one = (caseNumber: string) => ({ route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } });
const seen = (caseNumber: string, revision: number) => ({
  route: 'PUT /api/cases/{caseNumber}/seen',
  parameters: { caseNumber },
  body: { revision },
});
const reply = (caseNumber: string, text: string, replyKey = 'reply-1') => ({
  route: 'POST /api/cases/{caseNumber}/messages',
  parameters: { caseNumber },
  headers: { 'idempotency-key': replyKey },
  body: { text },
});
const numbersOf = (body: unknown): string[] =>
  (body as { items: { caseNumber: string }[] }).items.map(({ caseNumber }) => caseNumber);

describe('sending and following', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('a form is sent once, and the folder shows it at once', async () => {
    const call = await desk(local).browser({ owner: 'maija' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(sending(dogForm, key))));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    assert.equal(new Set(answers.map(({ body }) => body.caseNumber)).size, 1);
    const caseNumber = String(answers[0]?.body.caseNumber);
    assert.match(caseNumber, /^HEL-2026-\d{6}$/);
    const { body } = await call(folder());
    assert.deepEqual(numbersOf(body), [caseNumber]);
    const [summary] = body.items as { status: string; isNew: boolean }[];
    assert.deepEqual([summary?.status, summary?.isNew], ['sent', false]);
    const opened = await call(one(caseNumber));
    assert.deepEqual(opened.body.answers, { dog: { name: 'Musti' } });
    assert.equal(opened.body.canReply, false);
    assert.ok(!opened.text.includes('900P') && !opened.text.includes('maija'), 'who it is stays inside');
  });

  test('the same key is refused for other answers: the first number would tell that they had arrived', async () => {
    const call = await desk(local).browser({ owner: 'again' });
    const first = await call(sending(dogForm, key));
    assert.deepEqual((await call(sending(dogForm, key))).body, first.body);
    const second = await call(sending(dogForm, key, { answers: {} }));
    assert.deepEqual([second.status, second.body.type], [422, '/problems/idempotency-key-reused']);
  });

  test('what is wrong is named and opens no case', async () => {
    const call = await desk(local).browser({ owner: 'wrong' });
    const missing = await call(sending(dogForm, key, { answers: { dog: { name: ' ' } } }));
    assert.deepEqual(
      [missing.status, missing.body.errors],
      [422, [{ pointer: '/dog/name', code: 'required' }]],
    );
    assert.equal((await call({ ...sending(dogForm, key), headers: {} })).status, 400);
    assert.equal((await call(sending(dogForm, 'x'))).status, 400);
    assert.equal((await call(sending({ ...dogForm, id: 'unknown' }, key))).status, 404);
    assert.equal((await call(sending({ ...dogForm, version: '000000000000' }, key))).status, 404);
    assert.equal((await call(sending(grantForm, key))).body.type, '/problems/wrong-applicant');
    assert.deepEqual(numbersOf((await call(folder())).body), []);
  });

  test('unknown members of the answers are not kept', async () => {
    const call = await desk(local).browser({ owner: 'extra' });
    const sent = await call(
      sending(dogForm, key, { answers: { dog: { name: 'Musti', smuggled: 'x' }, more: 1 } }),
    );
    const opened = await call(one(String(sent.body.caseNumber)));
    assert.deepEqual(opened.body.answers, { dog: { name: 'Musti' } });
  });

  const fileAnswer = (id: string) => ({
    answers: {
      dog: {
        name: 'Rasti',
        map: {
          integrationID: id,
          fileName: 'kartta.pdf',
          fileType: 0,
          size: 3,
          isNewAttachment: true,
          isDeliveredLater: false,
          isIncludedInOtherFile: false,
        },
      },
    },
  });

  test('a file taken back in another window while the form is sent is not missing from a case', async () => {
    const { browser, arrived } = desk(local);
    const call = await browser({ owner: 'two-windows', person: 'anna' });
    const draft = { parameters: { id: key } };
    const begin = { headers: { 'if-none-match': '*' }, body: draftBody(grantForm) };
    await call({ route: 'PUT /api/drafts/{id}', ...draft, ...begin });
    const body = {
      name: 'a.pdf',
      size: 3,
      type: 'application/pdf',
      sha256: 'a'.repeat(64),
      field: '/dog/map',
    };
    const announced = await call({ route: 'POST /api/drafts/{id}/attachments', ...draft, body });
    const { id } = announced.body.attachment as { id: string };
    const takeBack = {
      route: 'DELETE /api/drafts/{id}/attachments/{attachment}',
      parameters: { id: key, attachment: id },
    };
    let taken: number | undefined;
    arrived.has = (() =>
      call(takeBack).then(({ status }) => {
        taken = status;
        return true;
      })) as never;
    const sent = await call(sending(grantForm, key, fileAnswer(id)));
    assert.deepEqual([taken, sent.status, sent.body.type], [204, 422, '/problems/attachment-missing']);
    assert.deepEqual(numbersOf((await call(folder())).body), []);
  });

  test("an organisation's form takes its files only once they have arrived, and closes by the server's clock", async () => {
    const { browser, arrived, clock } = desk(local);
    const call = await browser({ owner: 'club', person: 'anna' });
    const file = {
      name: 'kartta.pdf',
      size: 3,
      type: 'application/pdf',
      sha256: 'a'.repeat(64),
      field: '/dog/map',
    };
    await call({
      route: 'PUT /api/drafts/{id}',
      parameters: { id: key },
      headers: { 'if-none-match': '*' },
      body: draftBody(grantForm),
    });
    const announced = await call({
      route: 'POST /api/drafts/{id}/attachments',
      parameters: { id: key },
      body: file,
    });
    const { id } = announced.body.attachment as { id: string };
    for (const unsent of ['not-announced', id]) {
      const refused = await call(sending(grantForm, key, fileAnswer(unsent)));
      assert.deepEqual([refused.status, refused.body.type], [422, '/problems/attachment-missing']);
    }
    arrived.add(id);
    clock.now = Date.parse('2027-01-01T00:00:00+02:00');
    const late = await browser({ owner: 'club', person: 'anna' });
    assert.equal((await late(sending(grantForm, key, fileAnswer(id)))).body.type, '/problems/form-not-open');
    clock.now -= 1;
    const intime = await browser({ owner: 'club', person: 'anna' });
    const sent = await intime(sending(grantForm, key, fileAnswer(id)));
    assert.equal(sent.status, 201);
    const opened = await intime(one(String(sent.body.caseNumber)));
    assert.deepEqual(opened.body.attachments, [
      { id, name: 'kartta.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64), state: 'uploaded' },
    ]);
    const bert = await browser({ owner: 'club', person: 'bert' });
    const isNew = async (who: typeof bert) =>
      ((await who(folder())).body.items as { isNew: boolean }[])[0]?.isNew;
    assert.deepEqual([await isNew(intime), await isNew(bert)], [false, true]);
    assert.equal((await bert(seen(String(sent.body.caseNumber), 1))).status, 204);
    assert.equal(await isNew(bert), false);
  });

  test('a form that is never stored is sent all the same, and is in no folder', async () => {
    const call = await desk(local).browser({ owner: 'patient' });
    const sent = await call(sending(consentForm, key));
    assert.deepEqual([sent.status, sent.body.stored], [201, false]);
    assert.deepEqual((await call(sending(consentForm, key))).body, sent.body);
    assert.deepEqual(numbersOf((await call(folder())).body), []);
    assert.equal((await call(one(String(sent.body.caseNumber)))).status, 404);
  });

  test('the folder is searched, sorted and paged, and a forged cursor stays inside', async () => {
    const { browser } = desk(local);
    const call = await browser({ owner: 'many' });
    for (let n = 0; n < 27; n++) await call(sending(dogForm, `draft-many-${n}`));
    const first = await call(folder());
    const all = numbersOf(first.body);
    assert.equal(all.length, 25);
    assert.deepEqual(all, all.toSorted().toReversed());
    const rest = numbersOf((await call(folder({ cursor: String(first.body.next) }))).body);
    assert.equal(new Set([...all, ...rest]).size, 27);
    const typed = String(all[3]).toLowerCase().replaceAll('-', ' ');
    assert.deepEqual(numbersOf((await call(folder({ number: typed }))).body), [all[3]]);
    assert.deepEqual(numbersOf((await call(folder({ number: 'HEL-2026-999999' }))).body), []);
    const short = String(Number(all[3]?.slice(-6)));
    assert.deepEqual(numbersOf((await call(folder({ number: short }))).body), [all[3]]);
    assert.deepEqual(numbersOf((await call(folder({ service: 'koirailmoitus', year: '2001' }))).body), []);
    assert.equal(
      numbersOf((await call(folder({ service: 'x,koirailmoitus', status: 'sent' }))).body).length,
      25,
    );
    assert.deepEqual(numbersOf((await call(folder({ new: '1' }))).body), []);
    assert.deepEqual(numbersOf((await call(folder({ sort: 'event', limit: '3' }))).body), all.slice(0, 3));
    const byName = await call(folder({ sort: 'name', order: 'desc', language: 'sv' }));
    assert.equal(numbersOf(byName.body).length, 25);
    assert.equal(
      numbersOf((await call(folder({ sort: 'name', cursor: String(byName.body.next) }))).body).length,
      2,
    );
    const stranger = await browser({ owner: 'stranger' });
    assert.deepEqual(numbersOf((await stranger(folder({ cursor: String(first.body.next) }))).body), []);
    assert.deepEqual(numbersOf((await stranger(folder({ number: String(all[0]) }))).body), []);
    for (const wrong of [{ cursor: 'T1dORVIjb3RoZXI' }, { sort: 'size' }, { order: 'up' }, { limit: '26' }])
      assert.equal((await call(folder(wrong as never))).status, 400, JSON.stringify(wrong));
  });

  test('an official starts; the customer answers until the case is closed', async () => {
    const { browser, events } = desk(local);
    const call = await browser({ owner: 'talker' });
    const { caseNumber } = (await call(sending(dogForm, key))).body as { caseNumber: string };
    assert.equal((await call(reply(caseNumber, 'Hei?'))).body.type, '/problems/conversation-not-started');
    await events.add(message('talker', caseNumber, 'm1'));
    const opened = await call(one(caseNumber));
    assert.deepEqual([opened.body.isNew, opened.body.canReply, opened.body.revision], [true, true, 2]);
    assert.equal((await call(seen(caseNumber, 2))).status, 204);
    assert.equal((await call(one(caseNumber))).body.isNew, false);
    const answered = await call(reply(caseNumber, ' Tässä se on. '));
    assert.deepEqual([answered.status, (answered.body.event as { sequence: number }).sequence], [201, 3]);
    assert.deepEqual((await call(reply(caseNumber, 'Tässä se on.'))).body, answered.body);
    assert.equal((await call(reply(caseNumber, 'Toinen'))).status, 422);
    const after = (await call(one(caseNumber))).body;
    assert.deepEqual(
      (after.events as { by: string; text?: string }[]).map(({ by, text }) => [by, text]),
      [
        ['citizen', undefined],
        ['department', 'Lähetättekö vielä rokotustodistuksen?'],
        ['citizen', 'Tässä se on.'],
      ],
    );
    assert.equal(after.isNew, false);
    const body = { type: 'status', status: 'closed' } as const;
    await events.add(message('talker', caseNumber, 'c', { body, judge: async () => 'closed' }));
    assert.equal(
      (await call(reply(caseNumber, 'Vielä', 'reply-2'))).body.type,
      '/problems/conversation-closed',
    );
    assert.equal((await call({ ...reply(caseNumber, 'x'), headers: {} })).status, 400);
    assert.equal((await call(reply(caseNumber, ' ', 'reply-3'))).status, 400);
  });

  test("another person's case is nowhere", async () => {
    const { browser, lines } = desk(local);
    const [mine, theirs] = [await browser({ owner: 'mine' }), await browser({ owner: 'theirs' })];
    const { caseNumber } = (await mine(sending(dogForm, key))).body as { caseNumber: string };
    for (const request of [one(caseNumber), seen(caseNumber, 1), reply(caseNumber, 'Hei')])
      assert.equal((await theirs(request)).status, 404, request.route);
    assert.equal((await mine(one('nonsense'))).status, 404);
    assert.equal((await mine(seen(caseNumber, 5))).status, 412);
    assert.equal((await mine({ ...seen(caseNumber, 1), body: { revision: 'all' } })).status, 400);
    for (const personal of ['Musti', caseNumber, '900P', 'Meik'])
      assert.ok(!JSON.stringify(lines).includes(personal), personal);
  });
});
