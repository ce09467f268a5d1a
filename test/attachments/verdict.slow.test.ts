import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { settle } from '../../lambdas/attachments/settle.ts';
import { hearVerdict } from '../../lambdas/attachments/verdict.ts';
import { shardOf } from '../../lambdas/domain/digest.ts';
import { dynamodbLocalIsMissing, tables } from '../storage/dynamodb-local.ts';
import { custodyRoom, day, pdf, virus } from './custody.ts';
import { bad } from './files.ts';

describe('a file on its way to the department', { skip: dynamodbLocalIsMissing() }, () => {
  const {
    clock,
    failures,
    upload,
    named,
    stateOf,
    becomes,
    hearing,
    places,
    settled,
    fetched,
    care,
    sendForm,
    eventsOf,
    local,
    rooms,
    scanner,
  } = custodyRoom();

  test('is in quarantine until it is found clean, and only then where a department can fetch it', async () => {
    scanner.set('hold');
    const file = await upload('clean', 'kartta.pdf', pdf);
    assert.deepEqual(places(file), ['quarantine']);
    assert.equal((await fetched('clean', file)).status, 404);
    scanner.set('scan');
    await becomes('clean', file, 'checked');
    await settled(file, ['clean']);
    const answer = await fetched('clean', file);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), pdf);
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment/);
  });

  test('with malware in it is removed, and reaches nobody by any road', async () => {
    const file = await upload('ill', 'kuitti.pdf', virus);
    await becomes('ill', file, 'refused infected');
    await settled(file, []);
    assert.equal((await fetched('ill', file)).status, 404);
    assert.equal(await rooms().care.custody.receive(named('ill', file), clock.now), false);
    await assert.rejects(sendForm('ill', file), { message: 'attachment-refused' });
    // The same invitation once more, within its time: scanned, and removed again.
    const { url, fields } = await rooms().invite({ owner: 'ill', id: 'the-draft' }, file);
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob([new Uint8Array(virus)]));
    await fetch(url, { method: 'POST', body: form });
    await hearing(file, 2);
    await settled(file, []);
    assert.equal(await stateOf('ill', file), 'refused infected');
  });

  test('is judged by its bytes, whatever it is called', async () => {
    for (const [name, { bytes, why }] of Object.entries(bad)) {
      const file = await upload('liar', name, bytes);
      await becomes('liar', file, `refused ${why}`);
      await settled(file, []);
    }
  });

  test('that was sent already is told of in its case, once, and by the digest', async () => {
    scanner.set('hold');
    const [ill, well] = [await upload('told', 'a.pdf', virus), await upload('told', 'b.pdf', pdf)];
    const caseNumber = await sendForm('told', ill, well);
    scanner.set('scan');
    await becomes('told', ill, 'refused infected');
    await becomes('told', well, 'checked');
    await settled(ill, []);
    await pause(100);
    const [, event, ...more] = await eventsOf('told', caseNumber);
    assert.deepEqual(more, []);
    assert.ok(event?.type === 'attachment-refused');
    assert.deepEqual(
      [event.attachment, event.why, event.actor],
      [{ id: ill.id, name: 'a.pdf' }, 'infected', { kind: 'portal' }],
    );
    const key = { pk: `SHARD#${shardOf('told')}`, sk: 'told' };
    const mark = await local().client.send(new GetCommand({ TableName: tables.digests, Key: key }));
    assert.ok(mark.Item?.cases.has(caseNumber));
    assert.equal((await care(clock.now + 2 * day)).removed >= 0, true);
    assert.equal((await eventsOf('told', caseNumber)).length, 2);
  });

  test('found to be malware after all is taken from where it was, though it was clean yesterday', async () => {
    const file = await upload('late', 'a.pdf', pdf);
    await becomes('late', file, 'checked');
    await settled(file, ['clean']);
    const caseNumber = await sendForm('late', file);
    const detail = {
      s3ObjectDetails: { objectKey: `quarantine/late/the-draft/${file.id}`, eTag: 'x' },
      scanResultDetails: { scanResultStatus: 'THREATS_FOUND' },
    };
    for (let times = 0; times < 3; times += 1) await hearVerdict({ detail }, rooms().verdict);
    assert.equal(await stateOf('late', file), 'refused infected');
    assert.deepEqual(places(file), []);
    assert.deepEqual(
      (await eventsOf('late', caseNumber)).map(({ type }) => type),
      ['submitted', 'attachment-refused'],
    );
  });

  test('added to a sent case is told of once, also when it is judged again after it was received', async () => {
    clock.now += 10 * day;
    const caseNumber = await sendForm('again');
    const addition = { caseNumber, person: 'again' };
    const file = await upload('again', 'a.pdf', pdf, addition);
    await becomes('again', file, 'checked');
    await settled(file, ['clean']);
    const handedOver = await rooms().files.send(
      { owner: 'again', id: 'the-draft' },
      file.id,
      addition,
      clock.now,
    );
    await settle(handedOver, rooms().care, clock.now);
    assert.equal(await rooms().care.custody.receive(named('again', file), clock.now), true);
    const detail = {
      s3ObjectDetails: { objectKey: `quarantine/again/the-draft/${file.id}`, eTag: 'x' },
      scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' },
    };
    await hearVerdict({ detail }, rooms().verdict);
    assert.deepEqual(
      (await eventsOf('again', caseNumber)).map(({ type }) => type),
      ['submitted', 'attachment'],
    );
  });

  test('is never sent with a form while it is being refused, whichever comes first', async () => {
    for (let round = 0; round < 6; round += 1) {
      clock.now += day;
      const owner = `race-${round}`;
      scanner.set('hold');
      const file = await upload(owner, 'a.pdf', virus);
      scanner.set('scan');
      await pause(round * 3);
      const outcome = await sendForm(owner, file).catch((error: Error) => error.message);
      await becomes(owner, file, 'refused infected');
      if (outcome === 'attachment-refused') continue;
      const told = async () => (await eventsOf(owner, outcome)).map(({ type }) => type).join();
      for (let tries = 0; tries < 1_000 && (await told()) === 'submitted'; tries += 1) await pause(20);
      assert.equal(await told(), 'submitted,attachment-refused');
    }
  });

  test('and no verdict was dropped', () => assert.deepEqual(failures, []));
});
