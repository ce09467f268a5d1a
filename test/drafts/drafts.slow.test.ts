import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { draftExpiry, draftLimit } from '../../lambdas/domain/draft.ts';
import { formFacts } from '../../lambdas/drafts/form-facts.ts';
import { consentForm, desk, dogForm, draftBody, grantForm, sending } from '../cases/fixture.ts';
import { monday } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';

const id = 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f';
const put = (headers: Record<string, string>, body: unknown = draftBody(dogForm), draft = id) => ({
  route: 'PUT /api/drafts/{id}',
  parameters: { id: draft },
  headers,
  body,
});
const begin = { 'if-none-match': '*' };
const get = { route: 'GET /api/drafts/{id}', parameters: { id } };
const remove = { route: 'DELETE /api/drafts/{id}', parameters: { id } };

describe('drafts', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  test('are begun, saved over what was read, listed, opened and removed', async () => {
    const call = await desk(local).browser({ owner: 'writer' });
    const begun = await call(put(begin));
    assert.deepEqual([begun.status, begun.headers.etag], [201, '"1"']);
    const saved = await call(put({ 'if-match': '"1"' }, draftBody(dogForm, { page: 2 })));
    assert.deepEqual([saved.status, saved.headers.etag, saved.body.revision], [200, '"2"', 2]);
    assert.equal(saved.body.expiresAt, draftExpiry(monday));
    const { items } = (await call({ route: 'GET /api/drafts' })).body as {
      items: { id: string; form: string }[];
    };
    assert.deepEqual(
      items.map(item => [item.id, item.form]),
      [[id, 'koirailmoitus']],
    );
    assert.ok(!JSON.stringify(items).includes('Musti'));
    const opened = await call(get);
    assert.deepEqual(opened.body.answers, { dog: { name: 'Musti' } });
    assert.deepEqual([opened.headers.etag, opened.body.page, opened.body.attachments], ['"2"', 2, []]);
    assert.equal((await call(remove)).status, 204);
    assert.equal((await call(get)).status, 404);
    assert.equal((await call(remove)).status, 404);
  });

  test('two windows cannot overwrite each other', async () => {
    const call = await desk(local).browser({ owner: 'windows' });
    await call(put(begin));
    assert.equal((await call(put(begin))).status, 412);
    assert.equal((await call(put({}))).status, 428);
    assert.equal((await call(put({ 'if-match': '"1"' }))).status, 200);
    assert.equal((await call(put({ 'if-match': '"1"' }))).status, 412);
    assert.equal((await call(put({ 'if-match': 'W/"2"' }))).status, 412);
    assert.equal((await call({ ...remove, headers: { 'if-match': '"1"' } })).status, 412);
    assert.equal((await call({ ...remove, headers: { 'if-match': '"2"' } })).status, 204);
    assert.equal((await call(put({ 'if-match': '"2"' }))).status, 404);
  });

  test('a window saves over what it has saved itself, heard of or not, and over nobody else', async () => {
    const call = await desk(local).browser({ owner: 'lossy' });
    const by = (window: string, number: number, page: number) =>
      draftBody(dogForm, { page, saving: { by: `window-${window}`, number } });
    assert.equal((await call(put(begin, by('a', 1, 1)))).status, 201);
    // The answer was lost: the window begins the draft again, with more in it.
    const again = await call(put(begin, by('a', 2, 2)));
    assert.deepEqual([again.status, again.headers.etag], [201, '"2"']);
    assert.equal((await call(put({ 'if-match': '"1"' }, by('a', 3, 3)))).headers.etag, '"3"');
    // What lay on the way for long is no news any more.
    assert.equal((await call(put({ 'if-match': '"1"' }, by('a', 2, 2)))).status, 412);
    assert.equal((await call(put({ 'if-match': '"2"' }, by('b', 1, 4)))).status, 412);
    assert.equal((await call(put(begin, by('b', 1, 4)))).status, 412);
    assert.equal((await call(put({ 'if-match': '"3"' }, by('b', 1, 4)))).status, 200);
    assert.equal((await call(put({ 'if-match': '"3"' }, by('a', 4, 5)))).status, 412);
    assert.equal((await call(get)).body.page, 4);
  });

  test('the place is kept with them', async () => {
    const call = await desk(local).browser({ owner: 'placed' });
    await call(put(begin, draftBody(dogForm, { page: 1, field: '/dog/name' })));
    assert.deepEqual((await call(get)).body.field, '/dog/name');
    // One that is no place is left out: the answers are worth more.
    assert.equal((await call(put({ 'if-match': '"1"' }, draftBody(dogForm, { field: 'dog' })))).status, 200);
    assert.equal((await call(get)).body.field, undefined);
  });

  test('a folder holds a hundred of them', async () => {
    const { browser, clock } = desk(local);
    const call = await browser({ owner: 'collector' });
    // Together they are more than the 1 MB that one answer of DynamoDB holds.
    const long = draftBody(dogForm, { answers: { dog: { name: 'Musti'.repeat(2_500) } } });
    const nth = (count: number) => put(begin, long, `draft-number-${count}`);
    for (let count = 0; count < draftLimit; count += 1) assert.equal((await call(nth(count))).status, 201);
    const refused = await call(nth(draftLimit));
    assert.deepEqual([refused.status, refused.body.type], [422, '/problems/too-many-drafts']);
    await call({ ...remove, parameters: { id: 'draft-number-7' } });
    assert.equal((await call(nth(draftLimit))).status, 201);
    // What has expired takes no room, whenever DynamoDB gets round to it.
    clock.now = draftExpiry(monday);
    const later = await browser({ owner: 'collector' });
    assert.equal((await later(nth(draftLimit + 1))).status, 201);
  });

  test('a folder has one key for what its browsers have not saved yet, and no other folder has it', async () => {
    const { browser } = desk(local);
    const [mine, theirs] = [await browser({ owner: 'keeper' }), await browser({ owner: 'stranger' })];
    const keyOf = async (call: typeof mine) =>
      (await call({ route: 'GET /api/drafts/key' })).body.key as string;
    const [first, second] = await Promise.all([keyOf(mine), keyOf(mine)]);
    assert.equal(first, second);
    assert.equal(Buffer.from(first, 'base64').length, 32);
    assert.notEqual(await keyOf(theirs), first);
  });

  test("are nobody else's", async () => {
    const { browser } = desk(local);
    const [mine, theirs] = [await browser({ owner: 'mine' }), await browser({ owner: 'theirs' })];
    await mine(put(begin));
    for (const request of [get, remove, put({ 'if-match': '"1"' })])
      assert.equal((await theirs(request)).status, 404);
    assert.deepEqual((await theirs({ route: 'GET /api/drafts' })).body, { items: [] });
    assert.equal((await mine(get)).status, 200);
  });

  test('of a form that is never stored, or that nobody published, are not begun', async () => {
    const call = await desk(local).browser({ owner: 'patient' });
    const never = await call(put(begin, draftBody(consentForm)));
    assert.deepEqual([never.status, never.body.errors], [400, [{ pointer: '/form', code: 'never-stored' }]]);
    assert.equal(
      (await call(put(begin, { ...draftBody(dogForm), formVersion: '000000000000' }))).status,
      404,
    );
    assert.deepEqual((await call({ route: 'GET /api/drafts' })).body, { items: [] });
  });

  test('malformed ones are refused by pointer, without an echo', async () => {
    const { browser, lines } = desk(local);
    const call = await browser({ owner: 'clumsy' });
    const wrong = await call(put(begin, { ...draftBody(dogForm), page: -1, language: 'de' }));
    assert.equal(wrong.status, 400);
    assert.deepEqual((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort(), [
      '/language',
      '/page',
    ]);
    assert.equal((await call({ ...put(begin), body: `{"answers":${'['.repeat(100_000)}` })).status, 400);
    const deep = `{"form":"koirailmoitus","formVersion":"${dogForm.version}","language":"fi","page":0,"answers":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    assert.equal((await call({ ...put(begin), body: deep })).status, 400);
    assert.equal((await call(put(begin, draftBody(dogForm), '../../x'))).status, 404);
    assert.ok(!JSON.stringify(lines).includes('Musti'));
  });

  test('expire ninety days after the last saving, whenever DynamoDB gets round to it', async () => {
    const { browser, clock } = desk(local);
    const call = await browser({ owner: 'slow' });
    await call(put(begin));
    clock.now = draftExpiry(monday);
    const later = await browser({ owner: 'slow' });
    assert.equal((await later(get)).status, 404);
    assert.equal((await later(put({ 'if-match': '"1"' }))).status, 404);
    assert.deepEqual((await later({ route: 'GET /api/drafts' })).body, { items: [] });
    assert.equal((await later(put(begin))).status, 201);
  });

  test('of a form that is never stored: what was sent under a key is known, for as long as its receipt, to its sender', async () => {
    const { browser, clock } = desk(local);
    const call = await browser({ owner: 'unheard' });
    assert.equal((await call(get)).body.type, '/problems/not-found');
    const sent = await call(sending(consentForm, id));
    assert.equal(sent.status, 201);
    assert.deepEqual((await call(get)).body.sent, sent.body);
    assert.ok(!JSON.stringify((await call(get)).body).includes('Musti'));
    const other = await browser({ owner: 'somebody' });
    assert.equal((await other(get)).body.type, '/problems/not-found');
    clock.now = draftExpiry(monday);
    const later = await browser({ owner: 'unheard' });
    assert.equal((await later(get)).body.type, '/problems/not-found');
  });

  test('one that was sent is no draft any more', async () => {
    const call = await desk(local).browser({ owner: 'sender' });
    await call(put(begin));
    const sent = await call(sending(dogForm, id));
    assert.equal(sent.status, 201);
    // Whoever never heard that it arrived is told so, by the draft they sent.
    const asked = await call(get);
    assert.deepEqual([asked.status, asked.body.type], [404, '/problems/draft-sent']);
    assert.deepEqual(asked.body.sent, sent.body);
    assert.equal((await call(put({ 'if-match': '"1"' }))).status, 409);
    assert.equal((await call(put(begin))).status, 409);
    assert.equal((await call(remove)).status, 404);
    assert.deepEqual((await call({ route: 'GET /api/drafts' })).body, { items: [] });
  });

  const file = {
    name: 'kartta.pdf',
    size: 3,
    type: 'application/pdf',
    sha256: 'a'.repeat(64),
    field: '/dog/map',
  };
  const announce = { route: 'POST /api/drafts/{id}/attachments', parameters: { id }, body: file };

  test('files are announced for a draft of one’s own, listed with it, and taken back', async () => {
    const { browser } = desk(local);
    const call = await browser({ owner: 'filer' });
    const other = await browser({ owner: 'other' });
    assert.equal((await call(announce)).status, 404);
    await call(put(begin, draftBody(grantForm)));
    const answer = await call(announce);
    assert.equal(answer.status, 201);
    const { attachment, upload } = answer.body as {
      attachment: { id: string; state: string };
      upload: object;
    };
    assert.equal(attachment.state, 'uploaded');
    assert.deepEqual(upload, { url: 'https://uploads.example', fields: { key: attachment.id } });
    const { field: _, ...shown } = file;
    assert.deepEqual((await call(get)).body.attachments, [
      { id: attachment.id, ...shown, state: 'uploaded' },
    ]);
    const takeBack = {
      route: 'DELETE /api/drafts/{id}/attachments/{attachment}',
      parameters: { id, attachment: attachment.id },
    };
    const states = { route: 'GET /api/drafts/{id}/attachments', parameters: { id } };
    assert.deepEqual((await call(states)).body.items, [{ id: attachment.id, state: 'uploaded' }]);
    assert.equal((await other(states)).status, 404);
    assert.equal((await other(announce)).status, 404);
    assert.equal((await other(takeBack)).status, 404);
    assert.equal((await call(takeBack)).status, 204);
    assert.equal((await call(takeBack)).status, 404);
    for (const attachment of ['x'.repeat(1_100), '../x'])
      assert.equal((await call({ ...takeBack, parameters: { id, attachment } })).status, 404);
    for (const wrong of [
      { type: 'text/html' },
      { name: 'kartta.exe' },
      { name: 'kartta' },
      { field: '/dog/name' },
      { size: 20_000_001 },
    ])
      assert.equal((await call({ ...announce, body: { ...file, ...wrong } })).status, 400);
  });
});

test('what a draft must know of its form is asked once, and only of the portal itself', async () => {
  const asked: string[] = [];
  const answers: Record<string, Response> = {
    '/api/forms/a': Response.json({ service: 's', settings: { stored: false }, title: {} }),
    '/api/forms/b': new Response('', { status: 404 }),
    '/api/forms/c': new Response('', { status: 502 }),
  };
  const facts = formFacts('https://portal.example', (async (address: URL) => {
    asked.push(address.href);
    return answers[address.pathname];
  }) as typeof fetch);
  assert.deepEqual(await facts('a', '0123456789ab'), { service: 's', stored: false });
  assert.deepEqual(await facts('a', '0123456789ab'), { service: 's', stored: false });
  assert.deepEqual(asked, ['https://portal.example/api/forms/a?version=0123456789ab']);
  await assert.rejects(facts('b', '0123456789ab'), { message: 'not-found' });
  await assert.rejects(facts('c', '0123456789ab'), { message: 'unavailable' });
});
