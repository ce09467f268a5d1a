import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hearVerdict } from '../../lambdas/attachments/verdict.ts';
import { dynamodbLocalIsMissing } from '../storage/dynamodb-local.ts';
import { custodyRoom, day, minute, pdf, virus } from './custody.ts';

describe('a file that nobody waits for, or whose verdict does not come', {
  skip: dynamodbLocalIsMissing(),
}, () => {
  const {
    clock,
    drafts,
    failures,
    announceFile,
    upload,
    stateOf,
    becomes,
    hearing,
    places,
    settled,
    fetched,
    care,
    sendForm,
    eventsOf,
    rooms,
    scanner,
  } = custodyRoom();

  test('whose scan was lost is scanned again, and somebody is told when that does not help', async () => {
    clock.now += 10 * day;
    const start = clock.now;
    scanner.set('lose');
    const file = await upload('lost', 'a.pdf', pdf);
    const caseNumber = await sendForm('lost', file);
    assert.equal((await care(start + 19 * minute)).scannedAgain, 0);
    const first = await care(start + 21 * minute);
    assert.deepEqual([first.scannedAgain, first.overdue], [1, 0]);
    const second = await care(start + 80 * minute);
    assert.deepEqual([second.scannedAgain, second.overdue], [1, 1]);
    assert.equal(await stateOf('lost', file), 'uploaded');
    scanner.set('scan');
    await care(start + 300 * minute);
    await becomes('lost', file, 'checked');
    await settled(file, ['clean']);
    assert.deepEqual(Buffer.from(await (await fetched('lost', file)).arrayBuffer()), pdf);
    assert.equal((await eventsOf('lost', caseNumber)).length, 1);
    assert.equal((await care(start + day)).overdue, 0);
  });

  test('that no scanner can read is tried three times, then refused with its reason; a failing scanner refuses nothing', async () => {
    clock.now += 10 * day;
    const start = clock.now;
    // A scan takes longer than to ask for it, here as in life.
    const careThenScan = async (minutes: number, mode: 'UNSUPPORTED' | 'FAILED') => {
      scanner.set('hold');
      const summary = await care(start + minutes * minute);
      scanner.set(mode);
      return summary;
    };
    scanner.set('UNSUPPORTED');
    const file = await upload('locked', 'a.pdf', pdf);
    for (const [index, minutes] of [6, 12].entries()) {
      await hearing(file, index + 1);
      assert.equal(await stateOf('locked', file), 'uploaded');
      assert.equal((await careThenScan(minutes, 'UNSUPPORTED')).scannedAgain, 1);
    }
    await becomes('locked', file, 'refused unreadable');
    await settled(file, []);
    scanner.set('FAILED');
    const other = await upload('locked', 'b.pdf', pdf);
    let scans = 1;
    for (const minutes of [30, 60, 90, 120]) {
      await hearing(other, scans);
      scans += (await careThenScan(minutes, 'FAILED')).scannedAgain;
    }
    await hearing(other, scans);
    assert.equal(await stateOf('locked', other), 'uploaded');
    scanner.set('scan');
    assert.equal((await care(start + 200 * minute)).overdue, 1);
    await becomes('locked', other, 'checked');
  });

  test('of a draft that has ended, or that never came, is removed with its row', async () => {
    clock.now += 10 * day;
    const start = clock.now;
    const expired = await upload('gone', 'a.pdf', pdf);
    const deleted = await upload('deleted', 'b.pdf', pdf);
    const never = await announceFile('never', 'c.pdf', pdf);
    const unused = await upload('unused', 'd.pdf', pdf);
    const kept = await upload('unused', 'e.pdf', pdf);
    for (const [owner, file] of [
      ['gone', expired],
      ['deleted', deleted],
      ['unused', kept],
    ] as const)
      await becomes(owner, file, 'checked');
    await sendForm('unused', kept);
    await rooms().files.clear({ owner: 'deleted', id: 'the-draft' });
    await care(start + minute);
    assert.deepEqual([places(deleted), await stateOf('deleted', deleted)], [[], undefined]);
    assert.deepEqual(await rooms().files.list({ owner: 'deleted', id: 'the-draft' }, start), []);
    await care(start + 3 * 60 * minute);
    assert.equal(await stateOf('never', never), undefined);
    assert.deepEqual(places(expired), ['clean']);
    drafts.delete('gone the-draft');
    await care(start + day + minute);
    assert.deepEqual([places(expired), await stateOf('gone', expired)], [[], undefined]);
    // Uploaded with the form, and not sent with it.
    assert.deepEqual([places(unused), await stateOf('unused', unused)], [[], undefined]);
    assert.deepEqual([places(kept), await stateOf('unused', kept)], [['clean'], 'checked']);
    assert.equal((await care(start + 100 * day)).removed, 0);
  });

  test('for a sent case that nobody handed over is removed after a day, whether it arrived or not', async () => {
    clock.now += 10 * day;
    const start = clock.now;
    const caseNumber = await sendForm('staging');
    const addition = { caseNumber, person: 'staging' };
    const arrived = await upload('staging', 'a.pdf', pdf, addition);
    const handedOver = await upload('staging', 'b.pdf', pdf, addition);
    const never = await announceFile('staging', 'c.pdf', pdf, addition);
    await becomes('staging', arrived, 'checked');
    await becomes('staging', handedOver, 'checked');
    await rooms().files.send({ owner: 'staging', id: 'the-draft' }, handedOver.id, addition, clock.now);
    await care(start + 3 * 60 * minute);
    assert.deepEqual([places(arrived), await stateOf('staging', never)], [['clean'], undefined]);
    assert.equal((await care(start + day + minute)).removed, 1);
    assert.deepEqual([places(arrived), await stateOf('staging', arrived)], [[], undefined]);
    assert.deepEqual([places(handedOver), await stateOf('staging', handedOver)], [['clean'], 'checked']);
  });

  test('that cannot be given up does not keep its place at the head of the queue', async () => {
    clock.now += 10 * day;
    const file = await announceFile('stuck', 'a.pdf', pdf);
    drafts.delete('stuck the-draft');
    const { custody } = rooms().care;
    const later = clock.now + 3 * 60 * minute;
    await care(later, { custody: { ...custody, abandon: async () => false } });
    const waiting = await custody.waiting(later, 500);
    assert.ok(!waiting.some(({ id }) => id === file.id));
    assert.equal((await care(later + 21 * minute)).removed, 1);
  });

  test('is brought to its end by the next run when a crash came between', async () => {
    clock.now += 200 * day;
    const start = clock.now;
    scanner.set('hold');
    const file = await upload('crash', 'a.pdf', virus);
    const caseNumber = await sendForm('crash', file);
    const { custody } = rooms().care;
    const crashing = {
      ...rooms().verdict,
      custody: { ...custody, due: () => Promise.reject(new Error('crash')) },
    };
    const detail = {
      s3ObjectDetails: { objectKey: `quarantine/crash/the-draft/${file.id}`, eTag: 'x' },
      scanResultDetails: { scanResultStatus: 'THREATS_FOUND' },
    };
    await assert.rejects(hearVerdict({ detail }, crashing), { message: 'crash' });
    await care(start + 21 * minute);
    assert.deepEqual(
      (await eventsOf('crash', caseNumber)).map(({ type }) => type),
      ['submitted', 'attachment-refused'],
    );
    assert.deepEqual(places(file), []);
    await care(start + 100 * day);
    assert.equal((await eventsOf('crash', caseNumber)).length, 2);
    scanner.set('scan');
  });

  test('and no verdict was dropped', () => assert.deepEqual(failures, []));
});
