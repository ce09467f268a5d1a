import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Node } from '../../lambdas/gdpr/node.ts';
import { call } from '../http/call.ts';
import { everything, house, naming, words } from '../my-data/life.ts';
import { message, monday } from '../storage/case-fixtures.ts';
import { type DynamodbLocal, dynamodbLocalIsMissing, startDynamodbLocal } from '../storage/dynamodb-local.ts';
import { token } from './tokens.ts';

const route = '/gdpr-api/v1/profiles/{id}';

describe('the GDPR API of the city’s profile system', { skip: dynamodbLocalIsMissing() }, () => {
  let engine: DynamodbLocal;
  let home: Awaited<ReturnType<typeof house>>;
  before(async () => {
    engine = await startDynamodbLocal();
    home = await house(engine);
  });
  after(() => engine.stop());

  const elsewhere = { 'sec-fetch-site': undefined, 'content-type': undefined };
  const ask = (subject: string, claims: object = {}) =>
    call(home.gdprQuery, {
      route: `GET ${route}`,
      parameters: { id: subject },
      headers: { authorization: `Bearer ${token(subject, claims)}` },
    });
  const remove = (subject: string, query: Record<string, string> = {}, claims: object = {}) =>
    call(home.gdprRemove, {
      route: `DELETE ${route}`,
      ...{ parameters: { id: subject }, query },
      headers: { ...elsewhere, authorization: `Bearer ${token(subject, claims)}` },
    });

  test('whoever is not known here has no data, and nothing to delete', async () => {
    const unknown = randomUUID();
    for (const answer of [
      await ask(unknown),
      await remove(unknown),
      await remove(unknown, { dry_run: 'true' }),
    ])
      assert.deepEqual([answer.status, answer.text], [204, '']);
  });

  test('all of a person’s data comes as one tree, to the strongly identified only', async () => {
    const { subject, owner, key } = await home.person();
    const caseNumber = await home.sentCase(owner);
    const { status, text, body } = await ask(subject);
    assert.equal(status, 200, text);
    const root = body as unknown as Node;
    assert.equal(root.key, 'ASIOINTI');
    for (const word of [...Object.values(words), caseNumber]) assert.ok(text.includes(word), word);
    for (const hidden of [owner, key, subject]) assert.ok(!text.includes(hidden));
    const check = ({ key, value, children }: Node): void => {
      assert.match(key, /^[\p{Lu}\p{N}_]+$/u);
      assert.ok(value === undefined ? Array.isArray(children) : typeof value === 'string', key);
      for (const child of children ?? []) check(child);
    };
    check(root);
    const weak = await ask(subject, { loa: 'low' });
    assert.equal(weak.status, 200);
    assert.deepEqual(weak.body, {
      key: 'ASIOINTI',
      error: 'Insufficient authentication level to read data',
    });
  });

  test('the person is told that all was read; who was told nothing leaves no trace', async () => {
    const { subject, cookie } = await home.person();
    const readings = async () => {
      const { body } = await call(home.takeAlong, { route: 'GET /api/profile/export', session: cookie });
      return body.readings as { at: number; what: string; caseNumber?: string; by: { kind: string } }[];
    };
    await ask(subject, { loa: 'low' });
    assert.deepEqual(await readings(), []);
    await ask(subject);
    assert.deepEqual(await readings(), [
      { at: monday, by: { kind: 'profile-system', name: 'GDPR API' }, what: 'everything' },
    ]);
    const page = await call(home.takeAlong, {
      ...{ route: 'GET /api/profile/export', session: cookie, query: { as: 'html', language: 'en' } },
    });
    assert.ok(page.text.includes('GDPR API, all data'));
  });

  test('more than one answer has room for is refused in words, and not logged as read', async () => {
    const { subject, owner } = await home.person();
    await home.filled(owner, 4_100_000, false);
    const { status, body } = await ask(subject);
    assert.deepEqual([status, body.type], [422, '/problems/answer-too-large']);
    assert.deepEqual(
      naming(await everything(engine), owner).filter(row => /READING/.test(row)),
      [],
    );
  });

  test('without cases all goes, but not by a dry run', async () => {
    const { subject, owner, key } = await home.person();
    const before = await everything(engine);
    for (const dry_run of ['true', 'True']) assert.equal((await remove(subject, { dry_run })).status, 204);
    for (const wrong of [{ dry_run: 'maybe' }, { dryRun: 'true' }])
      assert.equal((await remove(subject, wrong as Record<string, string>)).status, 400);
    assert.equal((await remove(subject, {}, { loa: 'low' })).status, 403);
    assert.deepEqual(await everything(engine), before);
    assert.equal((await remove(subject, { dry_run: 'false' })).status, 204);
    const rows = await everything(engine);
    assert.deepEqual(naming(rows, owner), ['AccessLog SIGN-IN', 'Cases DELETED']);
    assert.deepEqual(naming(rows, key), []);
    assert.equal((await ask(subject)).status, 204);
  });

  test('a deletion that breaks off near its end is finished when it is asked for again', async () => {
    for (let left = 1; left <= 4; left++) {
      const { owner, key, subject, subjectKey } = await home.person();
      const held = await home.removing.holdings.of({ owner, identityKey: key, subjectKey });
      await home.removing.erasure.erase(held.slice(0, -left));
      assert.equal((await remove(subject)).status, 204);
      const rows = await everything(engine);
      assert.deepEqual(naming(rows, owner), ['AccessLog SIGN-IN', 'Cases DELETED'], `${left} left`);
      assert.deepEqual(naming(rows, key), []);
    }
  });

  test('what waits for its department is named too, and goes once the department has it', async () => {
    const { subject, owner } = await home.person();
    const { caseNumber } = await home.consented(owner);
    const before = await everything(engine);
    const { status, body } = await remove(subject);
    assert.equal(status, 403);
    const [error, ...more] = body.errors as { code: string; message: Record<string, string> }[];
    assert.deepEqual([error?.code, more.length], ['DELIVERY_PENDING', 0]);
    assert.deepEqual(Object.keys(error?.message ?? {}).sort(), ['en', 'fi', 'sv']);
    assert.deepEqual(await everything(engine), before);
    await home.deliveries.acknowledge('suostumus', caseNumber);
    assert.equal((await remove(subject)).status, 204);
  });

  test('a case that is sent while the rest goes is named, and stays', async () => {
    const { subject, owner, key } = await home.person();
    home.meanwhile(async () => {
      await home.sentCase(owner);
    });
    const { status, body } = await remove(subject);
    assert.equal(status, 403);
    assert.deepEqual(
      (body.errors as { code: string }[]).map(({ code }) => code),
      ['CASE_IN_PROGRESS'],
    );
    assert.equal(await home.profiles.ownerOf(key), owner);
  });

  test('what the law keeps is named, and then nothing is deleted at all', async () => {
    const { subject, owner } = await home.person();
    const [open, ended] = [await home.sentCase(owner), await home.sentCase(owner)];
    await home.events.add(
      message(owner, ended, 'end', {
        body: { type: 'status', status: 'closed' },
        judge: async () => 'closed',
      }),
    );
    assert.notEqual(open, ended);
    const before = await everything(engine);
    for (const dry_run of ['true', 'false']) {
      const { status, body } = await remove(subject, { dry_run });
      assert.equal(status, 403);
      const errors = body.errors as { code: string; message: Record<string, string> }[];
      assert.deepEqual(
        errors.map(({ code }) => code),
        ['CASE_IN_PROGRESS', 'CASE_ARCHIVED'],
      );
      for (const { message } of errors) assert.deepEqual(Object.keys(message).sort(), ['en', 'fi', 'sv']);
    }
    assert.deepEqual(await everything(engine), before);
  });
});
