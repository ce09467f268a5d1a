import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { deleteObjects, listObjects, postObject } from './s3/buckets.ts';
import { allowOrigin, answerPreflight, type CorsRule } from './s3/cors.ts';
import {
  copyObject,
  deleteObject,
  deleteTagging,
  getObject,
  getTagging,
  putObject,
  putTagging,
  versionOf,
} from './s3/objects.ts';
import { answerRefusal, refuseS3, S3Refusal } from './s3/refusal.ts';
import type { Call } from './s3/request.ts';
import { type BucketStore, openBucket, type StoredObject } from './s3/store.ts';
import { BodyTooLarge, type Engine, listen, readBody } from './server.ts';
import { type Credentials, checkSignature, type Refused, type Scope } from './signature-v4.ts';

export interface BucketOptions {
  readonly cors?: readonly CorsRule[];
  /** Tells EventBridge of its objects. */
  readonly announced?: boolean;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export interface CreatedEvent {
  readonly source: 'aws.s3';
  readonly 'detail-type': 'Object Created';
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

const createdEvent = (bucket: string, object: StoredObject, reason: string): CreatedEvent => ({
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: [`arn:aws:s3:::${bucket}`],
  detail: {
    version: '0',
    bucket: { name: bucket },
    object: { key: object.key, size: object.size, etag: object.etag, 'version-id': versionOf(object) },
    reason,
  },
});

export interface S3Options {
  readonly dataDir: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** Epoch ms; signatures, expiries and dates of objects follow it. */
  readonly now: () => number;
  readonly buckets: Readonly<Record<string, BucketOptions>>;
  /** EventBridge: hears of every new object of the buckets that announce theirs. */
  readonly announce?: (event: CreatedEvent) => void;
  readonly port?: number;
}

export interface S3 extends Engine {
  /** The buckets' own store, for the parts of the local portal that stand where AWS itself would. */
  bucket(name: string): BucketStore;
}

const largestBody = 512 * 1024 * 1024;

const words: Record<Refused, string> = {
  AccessDenied: 'Access Denied',
  AuthorizationHeaderMalformed: 'The authorization header is malformed or its scope is another.',
  AuthorizationQueryParametersError: 'The query parameters of the signature are not as they must be.',
  InvalidAccessKeyId: 'The AWS Access Key Id you provided does not exist in our records.',
  RequestTimeTooSkewed: 'The difference between the request time and the current time is too large.',
  ExpiredRequest: 'Request has expired',
  SignatureDoesNotMatch: 'The request signature we calculated does not match the signature you provided.',
};

const onBucket = (call: Call): void | Promise<void> => {
  const { request, response, query } = call;
  if (request.method === 'GET' && query.has('location')) refuseS3('NotImplemented');
  if (request.method === 'GET') return listObjects(call);
  if (request.method === 'POST' && query.has('delete')) return deleteObjects(call);
  if (request.method === 'HEAD') {
    response.writeHead(200).end();
    return;
  }
  refuseS3('MethodNotAllowed');
};

const tagging = { GET: getTagging, PUT: putTagging, DELETE: deleteTagging };
/** Sub-resources beside tagging are answered honestly instead of being taken for the object. */
const unsupported = [
  'acl',
  'attributes',
  'legal-hold',
  'partNumber',
  'retention',
  'uploadId',
  'uploads',
  'versionId',
];

const onObject = (call: Call, buckets: ReadonlyMap<string, BucketStore>): void | Promise<void> => {
  const { request, query } = call;
  const method = request.method ?? '';
  const other = unsupported.find(name => query.has(name));
  if (other && !(other === 'versionId' && method === 'DELETE'))
    refuseS3('NotImplemented', `${other} is not supported here.`);
  if (query.has('tagging')) {
    return (tagging[method as keyof typeof tagging] ?? (() => refuseS3('MethodNotAllowed')))(call);
  }
  if (method === 'GET' || method === 'HEAD') return getObject(call);
  if (method === 'DELETE') return deleteObject(call);
  if (method !== 'PUT') refuseS3('MethodNotAllowed');
  return request.headers['x-amz-copy-source'] === undefined ? putObject(call) : copyObject(call, buckets);
};

const decodeKey = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return refuseS3('InvalidRequest', 'The key is not percent-encoded UTF-8.');
  }
};

const isForm = (request: IncomingMessage): boolean =>
  request.method === 'POST' && /^multipart\/form-data\b/.test(request.headers['content-type'] ?? '');

/**
 * A small subset of S3 (path style) that checks what the real one checks: signatures, expiry, upload policies,
 * checksums. What it does not know it refuses with NotImplemented.
 */
export const startS3 = async (options: S3Options): Promise<S3> => {
  const { dataDir, credentials, region, now } = options;
  const buckets = new Map(Object.keys(options.buckets).map(name => [name, openBucket(join(dataDir, name))]));

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '', search = ''] = (request.url ?? '/').split('?', 2);
    const [, bucket = '', ...rest] = path.split('/');
    const rules = options.buckets[bucket]?.cors ?? [];
    if (request.method === 'OPTIONS') return answerPreflight(request, response, rules);
    allowOrigin(request, response, rules);
    const store = buckets.get(bucket) ?? refuseS3('NoSuchBucket', 'The specified bucket does not exist');
    const scope: Scope = { credentials, region, service: 's3', now: now() };
    const query = new URLSearchParams(search);
    const created: Call['created'] = (object, reason) => {
      if (options.buckets[bucket]?.announced) options.announce?.(createdEvent(bucket, object, reason));
    };
    const call = { request, response, bucket, store, query, now: scope.now, created };
    const readWhole = (): Promise<Buffer> => readBody(request, largestBody);
    if (isForm(request) && rest.join('/') === '') {
      return postObject({ ...call, body: await readWhole() }, scope);
    }
    const refused = checkSignature(
      { method: request.method ?? '', path, query, headers: request.headers },
      scope,
    );
    if (refused) refuseS3(refused, words[refused]);
    const key = decodeKey(rest.join('/'));
    const whole = { ...call, key, body: await readWhole() };
    return key === '' ? onBucket(whole) : onObject(whole, buckets);
  };

  const engine = await listen(async (request, response) => {
    // The SDK corrects its own clock by this header when ours has been moved.
    response.setHeader('date', new Date(now()).toUTCString());
    response.setHeader('server', 'local');
    try {
      await serve(request, response);
    } catch (error) {
      const refusal = error instanceof BodyTooLarge ? new S3Refusal('EntityTooLarge') : error;
      if (!(refusal instanceof S3Refusal) || response.headersSent) throw error;
      request.resume();
      answerRefusal(response, refusal);
    }
  }, options);
  return { ...engine, bucket: name => buckets.get(name) ?? refuseS3('NoSuchBucket') };
};
