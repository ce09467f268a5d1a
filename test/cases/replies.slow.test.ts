import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { replyLimit } from '../../lambdas/domain/folder.ts';
import { message } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { desk, dogForm, sending } from './fixture.ts';

const key = 'b2f7c3f0-5b1e-4b5e-9f4e-0a1b2c3d4e5f';

describe('answering an official', { skip: dynamodbLocalIsMissing() }, () => {
  let local: DynamodbLocal;
  before(async () => {
    local = await startDynamodbLocal();
  });
  after(() => local.stop());

  /** Somebody with a case that an official has written to. */
  const written = async (owner: string, client?: Pick<DynamodbLocal['client'], 'send'>) => {
    const room = desk(local, client);
    const call = await room.browser({ owner });
    const { caseNumber } = (await call(sending(dogForm, key))).body as { caseNumber: string };
    await room.events.add(message(owner, caseNumber, 'm1'));
    const at = (route: string, more: object = {}) => ({ route, parameters: { caseNumber, ...more } });
    return {
      ...room,
      call,
      caseNumber,
      open: async () => (await call(at('GET /api/cases/{caseNumber}'))).body,
      keep: (text: string) => call({ ...at('PUT /api/cases/{caseNumber}/messages/draft'), body: { text } }),
      reply: (text: string, replyKey: string, attachments?: readonly string[]) =>
        call({
          ...at('POST /api/cases/{caseNumber}/messages'),
          headers: { 'idempotency-key': replyKey },
          body: { text, ...(attachments && { attachments }) },
        }),
      announce: async (name: string) => {
        const body = { name, size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) };
        const answer = await call({ ...at('POST /api/cases/{caseNumber}/attachments'), body });
        assert.equal(answer.status, 201, answer.text);
        return (answer.body.attachment as { id: string }).id;
      },
      at,
    };
  };

  test('an answer is kept while it is written, sealed, for its writer only, and goes when it is sent', async () => {
    const { open, keep, reply } = await written('writer');
    assert.equal((await open()).replyDraft, undefined);
    assert.equal((await keep('Rokotus oli')).status, 204);
    assert.equal((await keep('Rokotus oli 3.11.')).status, 204);
    assert.equal((await open()).replyDraft, 'Rokotus oli 3.11.');
    const { Items = [] } = await local.client.send(new ScanCommand({ TableName: tables.cases }));
    const kept = Items.filter(({ sk }) => String(sk).startsWith('DRAFT#'));
    assert.equal(kept.length, 1);
    assert.ok(!Buffer.from(kept[0]?.sealed).includes('Rokotus'));
    assert.equal((await reply('Rokotus oli 3.11.2026', 'r1')).status, 201);
    assert.equal((await open()).replyDraft, undefined);
    await keep('Vielä');
    await keep('  ');
    assert.equal((await open()).replyDraft, undefined);
    const long = await keep('x'.repeat(4_001));
    assert.equal(long.status, 400);
  });

  test('an answer that was sent is not unfinished again, however far behind the rows lag that were read', async () => {
    const isDraft = ({ sk }: Record<string, unknown>): boolean => String(sk).startsWith('DRAFT#');
    const lagging = {
      send: async (command: unknown) => {
        const answer = (await local.client.send(command as QueryCommand)) as {
          Items?: Record<string, unknown>[];
        };
        if (!(command instanceof QueryCommand) || command.input.ConsistentRead) return answer;
        return { ...answer, Items: answer.Items?.filter(row => !isDraft(row)) };
      },
    } as Pick<DynamodbLocal['client'], 'send'>;
    const { keep, reply, caseNumber } = await written('lagging', lagging);
    const open = async () => {
      const call = await desk(local).browser({ owner: 'lagging' });
      return (await call({ route: 'GET /api/cases/{caseNumber}', parameters: { caseNumber } })).body;
    };
    await keep('Rokotus oli 3.11.');
    assert.equal((await open()).replyDraft, 'Rokotus oli 3.11.');
    assert.equal((await reply('Rokotus oli 3.11.2026', 'r1')).status, 201);
    assert.equal((await open()).replyDraft, undefined);
  });

  test('files go with the answer that names them, and it never names one that did not come', async () => {
    const { open, reply, announce, arrived, call, at } = await written('filer');
    const file = await announce('todistus.pdf');
    assert.equal((await reply('Ohessa', 'r1', [file])).body.type, '/problems/attachment-missing');
    assert.equal(((await open()).events as unknown[]).length, 2);
    arrived.add(file);
    const answered = await reply('Ohessa', 'r1', [file]);
    assert.equal(answered.status, 201, answered.text);
    assert.deepEqual((await reply('Ohessa', 'r1', [file])).body, answered.body, 'once for a key');
    const last = ((await open()).events as { attachments?: unknown }[]).at(-1);
    assert.deepEqual(last?.attachments, [{ id: file, name: 'todistus.pdf' }]);
    const takeBack = at('DELETE /api/cases/{caseNumber}/attachments/{attachment}', { attachment: file });
    assert.equal((await call(takeBack)).status, 404, 'it cannot be taken back any more');
    const unknown = '11111111-1111-4111-8111-111111111111';
    assert.equal((await reply('Ohessa', 'r2', [unknown])).status, 404);
    assert.equal((await reply('Ohessa', 'r3', ['../x'])).status, 400);
  });

  test('whoever writes without end is told to wait, and may go on after an hour', async () => {
    const { reply, clock } = await written('flood');
    for (let n = 0; n < replyLimit; n++) assert.equal((await reply(`Viesti ${n}`, `r${n}`)).status, 201);
    const refused = await reply('Vielä', 'more');
    assert.deepEqual([refused.status, refused.body.type], [429, '/problems/too-many-messages']);
    assert.equal(refused.headers['retry-after'], '3600');
    assert.equal((await reply('Viesti 0', 'r0')).status, 201, 'one that was sent stays sent');
    // Times within a case grow by a millisecond an event at least.
    clock.now += 3_700_000;
    assert.equal((await reply('Vielä', 'more')).status, 201);
  });

  test('a file does not go with an answer that may not, and its sender can still take it back', async () => {
    const { reply, announce, arrived, call, at } = await written('flood-files');
    const [sent = '', kept = ''] = [await announce('ensin.pdf'), await announce('sitten.pdf')];
    for (const file of [sent, kept]) arrived.add(file);
    assert.equal((await reply('Viesti 0', 'r0', [sent])).status, 201);
    for (let n = 1; n < replyLimit; n++) assert.equal((await reply(`Viesti ${n}`, `r${n}`)).status, 201);
    assert.equal((await reply('Vielä', 'more', [kept])).status, 429);
    assert.equal((await reply('Viesti 0', 'r0', [sent])).status, 201, 'one that was sent stays sent');
    const takeBack = at('DELETE /api/cases/{caseNumber}/attachments/{attachment}', { attachment: kept });
    assert.equal((await call(takeBack)).status, 204);
  });

  test('a conversation that the department has ended takes no answer, no draft and no file, until it writes again', async () => {
    const { open, reply, keep, events, caseNumber, call, at } = await written('ended');
    const body = { type: 'conversation-closed' } as const;
    await events.add(message('ended', caseNumber, 'end', { body, tell: false }));
    assert.equal((await open()).canReply, false);
    assert.equal((await reply('Vielä', 'r1')).body.type, '/problems/conversation-closed');
    assert.equal((await keep('Vielä')).status, 409);
    const file = { name: 'a.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) };
    const announced = await call({ ...at('POST /api/cases/{caseNumber}/attachments'), body: file });
    assert.equal(announced.body.type, '/problems/attachments-not-taken');
    await events.add(message('ended', caseNumber, 'again'));
    assert.equal((await reply('Vielä', 'r1')).status, 201);
  });

  test('the day by which something is asked goes into a calendar, with nothing personal but the number', async () => {
    const { events, caseNumber, call, at } = await written('calendar');
    const body = { type: 'request', text: 'Rokotustodistus', dueDate: '2026-12-24' } as const;
    const { event } = await events.add(message('calendar', caseNumber, 'ask', { body }));
    const route = 'GET /api/cases/{caseNumber}/events/{event}/calendar';
    const got = await call({ ...at(route, { event: event.id }), query: { language: 'en' } });
    assert.equal(got.status, 200);
    assert.equal(got.headers['content-type'], 'text/calendar; charset=utf-8');
    assert.equal(got.headers['content-disposition'], `attachment; filename="${caseNumber}.ics"`);
    const file = Buffer.from(got.text, 'base64').toString();
    assert.match(file, /DTSTART;VALUE=DATE:20261224\r\n/);
    assert.ok(file.includes(`SUMMARY:Due date: ${caseNumber}\r\n`));
    assert.ok(!/Rokotus|Musti|Meik/.test(file));
    assert.equal((await call(at(route, { event: 'none' }))).status, 404);
    const stranger = await desk(local).browser({ owner: 'no-calendar' });
    assert.equal((await stranger(at(route, { event: event.id }))).status, 404);
  });
});
