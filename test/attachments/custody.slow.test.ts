import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import {
  type CareDependencies,
  type CareSummary,
  careForAttachments,
} from '../../lambdas/attachments/care.ts';
import { settle } from '../../lambdas/attachments/settle.ts';
import { hearVerdict } from '../../lambdas/attachments/verdict.ts';
import type { CaseAttachment } from '../../lambdas/domain/case.ts';
import { shardOf } from '../../lambdas/domain/digest.ts';
import { typeOfName } from '../../lambdas/domain/file-types.ts';
import { type Addition, attachments } from '../../lambdas/storage/attachments.ts';
import { custodyBook } from '../../lambdas/storage/custody.ts';
import { quarantine } from '../../lambdas/storage/quarantine.ts';
import { invitations } from '../../lambdas/storage/upload-invitations.ts';
import { releases } from '../../lambdas/storage/upload-releases.ts';
import { type S3, startS3 } from '../../lib/local/engines/s3.ts';
import { eicar, type Scanner, startScanner } from '../../lib/local/engines/scanner.ts';
import { createEventBus } from '../../lib/local/event-bus.ts';
import { caseStore, monday, sealer, submission } from '../storage/case-fixtures.ts';
import {
  type DynamodbLocal,
  dynamodbLocalIsMissing,
  startDynamodbLocal,
  tables,
} from '../storage/dynamodb-local.ts';
import { bad, good } from './files.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const pdf = good['a.pdf'] as Buffer;
const virus = Buffer.from(`%PDF-1.4\n${eicar}`);

describe('a file on its way to the department', { skip: dynamodbLocalIsMissing() }, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'custody-'));
  const credentials = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };
  const clock = { now: monday };
  const drafts = new Set<string>();
  const failures: string[] = [];
  /** How many verdicts on a file have been taken in. */
  const heard = new Map<string, number>();
  let local: DynamodbLocal;
  let s3: S3;
  let client: S3Client;
  let scanner: Scanner;
  let rooms: ReturnType<typeof open>;

  const open = () => {
    const custody = custodyBook({ client: local.client, table: tables.attachments });
    const care = {
      custody,
      quarantine: quarantine(client, 'uploads'),
      events: caseStore(local.client).events,
      sealer,
      log: () => {},
      isDraft: async (owner: string, draft: string) => drafts.has(`${owner} ${draft}`),
    };
    return {
      care,
      verdict: { ...care, now: () => clock.now },
      files: attachments({ client: local.client, table: tables.attachments, sealer }),
      invite: invitations(client, 'uploads').invite,
      release: releases('uploads', client).release,
    };
  };

  before(async () => {
    local = await startDynamodbLocal();
    const bus = createEventBus({
      now: () => clock.now,
      rules: [
        {
          name: 'Verdicts',
          pattern: { source: ['aws.guardduty'], detail: { s3ObjectDetails: { bucketName: ['uploads'] } } },
          functionName: 'verdict',
        },
      ],
      invoke: async (_, event) => {
        await hearVerdict(JSON.parse(JSON.stringify(event)), rooms.verdict);
        const { objectKey } = (event as { detail: { s3ObjectDetails: { objectKey: string } } }).detail
          .s3ObjectDetails;
        const id = objectKey.split('/').at(-1) ?? '';
        heard.set(id, (heard.get(id) ?? 0) + 1);
      },
      failed: rule => failures.push(rule),
    });
    s3 = await startS3({
      ...{ dataDir, credentials, region: 'eu-north-1', now: Date.now },
      buckets: { uploads: { announced: true } },
      announce: bus.put,
    });
    scanner = startScanner({
      plans: [{ bucket: 'uploads', prefixes: ['quarantine/'] }],
      bus,
      read: (bucket, key) => (s3.bucket(bucket).find(key) ? bytesOf(key) : undefined),
      milliseconds: 5,
    });
    client = new S3Client({ endpoint: s3.url, region: 'eu-north-1', credentials, forcePathStyle: true });
    rooms = open();
  });
  after(async () => {
    scanner.close();
    client.destroy();
    await Promise.all([local.stop(), s3.close()]);
    rmSync(dataDir, { recursive: true });
  });

  const sent = new Map<string, Buffer>();
  const bytesOf = (key: string): Buffer => sent.get(key.split('/').at(-1) ?? '') ?? Buffer.alloc(0);

  const announceFile = async (
    owner: string,
    name: string,
    bytes: Buffer,
    addition?: Addition,
  ): Promise<CaseAttachment> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const type = typeOfName(name) ?? '';
    const file = { id: randomUUID(), name, size: bytes.length, type, sha256, state: 'uploaded' } as const;
    await rooms.files.announce({ owner, id: 'the-draft' }, file, clock.now, addition);
    if (!addition) drafts.add(`${owner} the-draft`);
    sent.set(file.id, bytes);
    return file;
  };

  const upload = async (
    owner: string,
    name: string,
    bytes: Buffer,
    addition?: Addition,
  ): Promise<CaseAttachment> => {
    const file = await announceFile(owner, name, bytes, addition);
    const { url, fields } = await rooms.invite({ owner, id: 'the-draft' }, file);
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append('file', new Blob([new Uint8Array(bytes)]));
    const { status } = await fetch(url, { method: 'POST', body: form });
    assert.equal(status, 204);
    return file;
  };

  const named = (owner: string, { id }: CaseAttachment) => ({ owner, draft: 'the-draft', id });
  const stateOf = async (owner: string, file: CaseAttachment) => {
    const found = await rooms.care.custody.find(named(owner, file));
    return found && [found.state, found.why].filter(Boolean).join(' ');
  };
  const becomes = async (owner: string, file: CaseAttachment, state: string | undefined): Promise<void> => {
    for (let tries = 0; tries < 1_000 && (await stateOf(owner, file)) !== state; tries += 1) await pause(20);
    assert.equal(await stateOf(owner, file), state);
  };
  /** Waits until so many verdicts on the file have been taken in, ever. */
  const hearing = async ({ id }: CaseAttachment, count: number): Promise<void> => {
    for (let tries = 0; tries < 1_000 && (heard.get(id) ?? 0) < count; tries += 1) await pause(20);
    assert.ok((heard.get(id) ?? 0) >= count, `verdict ${count} never came`);
  };
  const places = (file: CaseAttachment): string[] =>
    s3
      .bucket('uploads')
      .keys()
      .filter(key => key.endsWith(file.id))
      .map(key => key.split('/')[0] ?? '');
  const settled = async (file: CaseAttachment, wanted: string[]): Promise<void> => {
    for (let tries = 0; tries < 1_000 && places(file).join() !== wanted.join(); tries += 1) await pause(20);
    assert.deepEqual(places(file), wanted);
  };
  const fetched = async (owner: string, file: CaseAttachment) =>
    fetch(await rooms.release({ owner, id: 'the-draft' }, file));
  const care = (at: number, more: Partial<CareDependencies> = {}): Promise<CareSummary> => {
    clock.now = at;
    return careForAttachments({ ...rooms.care, ...more }, at);
  };
  const sendForm = async (owner: string, ...files: CaseAttachment[]): Promise<string> => {
    const { content } = submission(owner, 'the-draft');
    const more = { content: { ...content, attachments: files }, at: clock.now };
    drafts.delete(`${owner} the-draft`);
    return (await caseStore(local.client).submissions.submit(submission(owner, 'the-draft', more)))
      .caseNumber;
  };
  const eventsOf = async (owner: string, caseNumber: string) =>
    (await caseStore(local.client).cases.open(owner, caseNumber))?.events ?? [];

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
    assert.equal(await rooms.care.custody.receive(named('ill', file), clock.now), false);
    await assert.rejects(sendForm('ill', file), { message: 'attachment-refused' });
    // The same invitation once more, within its time: scanned, and removed again.
    const { url, fields } = await rooms.invite({ owner: 'ill', id: 'the-draft' }, file);
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
    const mark = await local.client.send(new GetCommand({ TableName: tables.digests, Key: key }));
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
    for (let times = 0; times < 3; times += 1) await hearVerdict({ detail }, rooms.verdict);
    assert.equal(await stateOf('late', file), 'refused infected');
    assert.deepEqual(places(file), []);
    assert.deepEqual(
      (await eventsOf('late', caseNumber)).map(({ type }) => type),
      ['submitted', 'attachment-refused'],
    );
  });

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
    await rooms.files.clear({ owner: 'deleted', id: 'the-draft' });
    await care(start + minute);
    assert.deepEqual([places(deleted), await stateOf('deleted', deleted)], [[], undefined]);
    assert.deepEqual(await rooms.files.list({ owner: 'deleted', id: 'the-draft' }, start), []);
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
    await rooms.files.send({ owner: 'staging', id: 'the-draft' }, handedOver.id, addition, clock.now);
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
    const { custody } = rooms.care;
    const later = clock.now + 3 * 60 * minute;
    await care(later, { custody: { ...custody, abandon: async () => false } });
    const waiting = await custody.waiting(later, 500);
    assert.ok(!waiting.some(({ id }) => id === file.id));
    assert.equal((await care(later + 21 * minute)).removed, 1);
  });

  test('added to a sent case is told of once, also when it is judged again after it was received', async () => {
    clock.now += 10 * day;
    const caseNumber = await sendForm('again');
    const addition = { caseNumber, person: 'again' };
    const file = await upload('again', 'a.pdf', pdf, addition);
    await becomes('again', file, 'checked');
    await settled(file, ['clean']);
    const handedOver = await rooms.files.send(
      { owner: 'again', id: 'the-draft' },
      file.id,
      addition,
      clock.now,
    );
    await settle(handedOver, rooms.care, clock.now);
    assert.equal(await rooms.care.custody.receive(named('again', file), clock.now), true);
    const detail = {
      s3ObjectDetails: { objectKey: `quarantine/again/the-draft/${file.id}`, eTag: 'x' },
      scanResultDetails: { scanResultStatus: 'NO_THREATS_FOUND' },
    };
    await hearVerdict({ detail }, rooms.verdict);
    assert.deepEqual(
      (await eventsOf('again', caseNumber)).map(({ type }) => type),
      ['submitted', 'attachment'],
    );
  });

  test('is brought to its end by the next run when a crash came between', async () => {
    clock.now += 200 * day;
    const start = clock.now;
    scanner.set('hold');
    const file = await upload('crash', 'a.pdf', virus);
    const caseNumber = await sendForm('crash', file);
    const { custody } = rooms.care;
    const crashing = {
      ...rooms.verdict,
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
