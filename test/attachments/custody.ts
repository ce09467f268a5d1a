/** A file's way from a citizen to a department: tables, objects, scanner and bus of our own engines, the rest as it is. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import {
  type CareDependencies,
  type CareSummary,
  careForAttachments,
} from '../../lambdas/attachments/care.ts';
import { hearVerdict } from '../../lambdas/attachments/verdict.ts';
import type { CaseAttachment } from '../../lambdas/domain/case.ts';
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
import { type DynamodbLocal, startDynamodbLocal, tables } from '../storage/dynamodb-local.ts';
import { good } from './files.ts';

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const pdf = good['a.pdf'] as Buffer;
export const virus = Buffer.from(`%PDF-1.4\n${eicar}`);

/** Starts them before the suite it is called in. */
export const custodyRoom = () => {
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

  return {
    ...{ clock, drafts, failures, announceFile, upload, named, stateOf, becomes, hearing, places, settled },
    ...{ fetched, care, sendForm, eventsOf },
    local: () => local,
    rooms: () => rooms,
    scanner: { set: (mode: Parameters<Scanner['set']>[0]) => scanner.set(mode) },
  };
};
