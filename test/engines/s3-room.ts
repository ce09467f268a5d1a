/** The object store on a folder of its own, and the real client before it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type CreatedEvent, startS3 } from '../../lib/local/engines/s3.ts';

export const credentials = { accessKeyId: 'local', secretAccessKey: 'local-secret-key' };
export const region = 'eu-north-1';
export const Bucket = 'uploads';
export const origin = 'http://localhost:3000';
const cors = [
  { allowedOrigins: [origin], allowedMethods: ['POST'], allowedHeaders: ['*'], maxAgeSeconds: 60 },
];

export const sha256 = (bytes: string) => createHash('sha256').update(bytes).digest('base64');
export const refusal =
  (name: string, status: number) => (error: { name: string; $metadata: { httpStatusCode: number } }) =>
    error.name === name && error.$metadata.httpStatusCode === status;

/** Starts it until the tests of the file are over. */
export const openS3 = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 's3-'));
  const events: CreatedEvent[] = [];
  /** Milliseconds that the store's clock is ahead. */
  const clock = { ahead: 0 };
  const start = () =>
    startS3({
      dataDir,
      credentials,
      region,
      now: () => Date.now() + clock.ahead,
      buckets: { uploads: { cors, announced: true }, site: {} },
      announce: event => events.push(event),
    });
  const connect = (other = {}) => new S3Client({ endpoint: s3.url, region, credentials, ...other });
  let s3 = await start();
  let client = connect();
  const text = async (Key: string) =>
    (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  const put = (Key: string, Body: string, more = {}) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const close = async () => {
    client.destroy();
    await s3.close();
  };
  after(async () => {
    await close();
    rmSync(dataDir, { recursive: true });
  });
  return {
    ...{ dataDir, events, clock, connect, text, put },
    get url() {
      return s3.url;
    },
    get client() {
      return client;
    },
    /** Stops it, does something to its folder, and starts it again. */
    restart: async (meanwhile: () => void): Promise<void> => {
      await close();
      meanwhile();
      s3 = await start();
      client = connect();
    },
  };
};
