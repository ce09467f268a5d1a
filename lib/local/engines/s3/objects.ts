import { closeSync, createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { answerXml } from '../xml.ts';
import { checksum, checksumNames, verifiedPayload } from './payload.ts';
import { refuseS3 } from './refusal.ts';
import { type Call, condition, factsFrom, rangeOf, textsOf } from './request.ts';
import type { BucketStore, StoredObject } from './store.ts';

/** The operations on one object, as S3 names them. */

/** Only the newest version is kept here; it has a name all the same, as in a bucket with versions. */
export const versionOf = ({ blob }: StoredObject): string => blob.replaceAll('-', '');

const found = ({ store, key }: Call): StoredObject =>
  store.find(key) ?? refuseS3('NoSuchKey', 'The specified key does not exist.', { Key: key });

const responseOverrides = ['content-type', 'cache-control', 'content-disposition', 'content-encoding'];

const headersOf = ({ request, query }: Call, object: StoredObject): Record<string, string | number> => {
  const headers: Record<string, string | number> = {
    ...object.headers,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.at).toUTCString(),
    'accept-ranges': 'bytes',
    'x-amz-version-id': versionOf(object),
  };
  for (const [name, value] of Object.entries(object.metadata)) headers[`x-amz-meta-${name}`] = value;
  for (const name of responseOverrides) {
    const value = query.get(`response-${name}`);
    if (value !== null) headers[name] = value;
  }
  const tags = Object.keys(object.tags).length;
  if (tags > 0) headers['x-amz-tagging-count'] = tags;
  if (String(request.headers['x-amz-checksum-mode']).toUpperCase() === 'ENABLED' && !request.headers.range) {
    for (const [name, value] of Object.entries(object.checksums)) headers[`x-amz-checksum-${name}`] = value;
    if (Object.keys(object.checksums).length > 0) headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  }
  return headers;
};

export const getObject = async (call: Call): Promise<void> => {
  const { request, response, store } = call;
  const object = found(call);
  const verdict = condition(request.headers, object);
  if (verdict === 'failed') refuseS3('PreconditionFailed');
  const headers = headersOf(call, object);
  if (verdict === 'not-modified') {
    response.writeHead(304, { etag: `"${object.etag}"` }).end();
    return;
  }
  const range = rangeOf(request.headers.range, object.size);
  const { from, to } = range ?? { from: 0, to: object.size - 1 };
  if (range) headers['content-range'] = `bytes ${from}-${to}/${object.size}`;
  response.writeHead(range ? 206 : 200, { ...headers, 'content-length': to - from + 1 });
  if (request.method === 'HEAD' || object.size === 0) {
    response.end();
    return;
  }
  // Opened in the turn in which the object was found, so that a replacement cannot take the bytes away.
  await pipeline(createReadStream('', { fd: store.open(object), start: from, end: to }), response);
};

const checkWriteCondition = ({ request, store, key }: Call): void => {
  if (condition(request.headers, store.find(key)) !== 'met') {
    refuseS3('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
};

export const putObject = (call: Call): void => {
  const { request, response, store, key, body, now } = call;
  const { bytes, checksums } = verifiedPayload(body, request.headers);
  checkWriteCondition(call);
  const object = store.put(key, bytes, factsFrom(request.headers, checksums), now);
  call.created(object, 'PutObject');
  response.writeHead(200, {
    etag: `"${object.etag}"`,
    'x-amz-version-id': versionOf(object),
    ...Object.fromEntries(
      Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value]),
    ),
  });
  response.end();
};

const bytesOf = async (store: BucketStore, object: StoredObject): Promise<Buffer> => {
  if (object.size === 0) {
    closeSync(store.open(object));
    return Buffer.alloc(0);
  }
  const chunks = await createReadStream('', { fd: store.open(object) }).toArray();
  return Buffer.concat(chunks as Buffer[]);
};

/** The checksum a copy is to have from now on. */
const wantedChecksum = (headers: Call['request']['headers'], bytes: Buffer) => {
  const wanted = String(headers['x-amz-checksum-algorithm'] ?? '').toLowerCase();
  if (wanted === '') return {};
  const name = checksumNames.find(one => one === wanted) ?? refuseS3('NotImplemented', `checksum ${wanted}`);
  return { [name]: checksum(name, bytes) };
};

export const copyObject = async (call: Call, buckets: ReadonlyMap<string, BucketStore>): Promise<void> => {
  const { request, response, store, key, now } = call;
  const source = decodeURIComponent(String(request.headers['x-amz-copy-source'])).replace(/^\//, '');
  const [bucket = '', ...rest] = source.split('/');
  const from = buckets.get(bucket) ?? refuseS3('NoSuchBucket');
  const object = from.find(rest.join('/')) ?? refuseS3('NoSuchKey', 'The specified key does not exist.');
  const headers = request.headers;
  const sourceCondition = {
    'if-match': headers['x-amz-copy-source-if-match'],
    'if-none-match': headers['x-amz-copy-source-if-none-match'],
  };
  if (condition(sourceCondition, object) !== 'met') refuseS3('PreconditionFailed');
  const replaced = headers['x-amz-metadata-directive'] === 'REPLACE';
  if (!replaced && from === store && object.key === key)
    refuseS3(
      'InvalidRequest',
      'This copy request is illegal because it copies an object to itself unchanged.',
    );
  const bytes = await bytesOf(from, object);
  const facts = replaced ? factsFrom(headers, object.checksums) : object;
  const tags = headers['x-amz-tagging-directive'] === 'REPLACE' ? factsFrom(headers, {}).tags : object.tags;
  const checksums = { ...object.checksums, ...wantedChecksum(headers, bytes) };
  const copy = store.put(
    key,
    bytes,
    { headers: facts.headers, metadata: facts.metadata, checksums, tags },
    now,
  );
  call.created(copy, 'CopyObject');
  response.setHeader('x-amz-version-id', versionOf(copy));
  answerXml(response, 200, {
    CopyObjectResult: { ETag: `"${copy.etag}"`, LastModified: new Date(copy.at).toISOString() },
  });
};

/** A version that is not the newest is not here any more: there is nothing to delete, and nothing wrong with that. */
export const deleteObject = ({ response, store, key, query }: Call): void => {
  const version = query.get('versionId');
  const object = store.find(key);
  if (version === null || (object && versionOf(object) === version)) store.remove(key);
  response.writeHead(204).end();
};

/** Tags are facts beside the object: its bytes, ETag and date stay as they were. */
export const putTagging = (call: Call): void => {
  const { bytes } = verifiedPayload(call.body, call.request.headers);
  const text = bytes.toString('utf8');
  const values = textsOf(text, 'Value');
  const tags = Object.fromEntries(textsOf(text, 'Key').map((name, index) => [name, values[index] ?? '']));
  if (Object.keys(tags).length > 10) refuseS3('InvalidArgument', 'Object tags cannot be greater than 10');
  call.store.change(found(call), { tags });
  call.response.writeHead(200).end();
};

export const getTagging = (call: Call): void => {
  const Tag = Object.entries(found(call).tags).map(([Key, Value]) => ({ Key, Value }));
  answerXml(call.response, 200, { Tagging: { TagSet: { Tag } } });
};

export const deleteTagging = (call: Call): void => {
  call.store.change(found(call), { tags: {} });
  call.response.writeHead(204).end();
};
