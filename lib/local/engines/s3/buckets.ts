import type { IncomingMessage } from 'node:http';
import type { Scope } from '../signature-v4.ts';
import { answerXml } from '../xml.ts';
import { checkChecksums, verifiedPayload } from './payload.ts';
import { checkPolicy } from './policy.ts';
import { refuseS3 } from './refusal.ts';
import { type Call, factsFrom, textsOf } from './request.ts';
import type { BucketStore } from './store.ts';

/** The operations on a bucket: listing, deleting many, and a browser's upload by a signed form. */

interface Page {
  readonly keys: string[];
  readonly prefixes: string[];
  /** The last key or prefix of the page, when more follow. */
  readonly next?: string;
}

const groupOf = (key: string, prefix: string, delimiter: string): string | undefined => {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
};

const pageOf = (
  store: BucketStore,
  prefix: string,
  delimiter: string,
  after: string,
  limit: number,
): Page => {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let last = after;
  for (const key of store.keys()) {
    if (!key.startsWith(prefix)) continue;
    const group = groupOf(key, prefix, delimiter);
    const name = group ?? key;
    const seen = group !== undefined && last === group;
    if (seen || Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0) continue;
    if (keys.length + prefixes.length === limit) return { keys, prefixes, next: last };
    (group === undefined ? keys : prefixes).push(name);
    last = name;
  }
  return { keys, prefixes };
};

const token = (text: string): string => Buffer.from(text).toString('base64url');

export const listObjects = ({ response, bucket, store, query }: Call): void => {
  if (query.get('list-type') !== '2') refuseS3('NotImplemented', 'Only ListObjectsV2 is supported here.');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const continued = query.get('continuation-token');
  const after = continued ? Buffer.from(continued, 'base64url').toString() : (query.get('start-after') ?? '');
  const page = pageOf(store, prefix, delimiter, after, limit);
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  answerXml(response, 200, {
    ListBucketResult: {
      Name: bucket,
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: query.get('encoding-type') ?? undefined,
      KeyCount: page.keys.length + page.prefixes.length,
      MaxKeys: limit,
      IsTruncated: page.next !== undefined,
      ContinuationToken: continued ?? undefined,
      NextContinuationToken: page.next === undefined ? undefined : token(page.next),
      Contents: page.keys.flatMap(key => {
        const object = store.find(key);
        if (!object) return [];
        const LastModified = new Date(object.at).toISOString();
        return [
          {
            Key: encode(key),
            LastModified,
            ETag: `"${object.etag}"`,
            Size: object.size,
            StorageClass: 'STANDARD',
          },
        ];
      }),
      CommonPrefixes: page.prefixes.map(Prefix => ({ Prefix: encode(Prefix) })),
    },
  });
};

export const deleteObjects = ({ request, response, store, body }: Call): void => {
  const text = verifiedPayload(body, request.headers).bytes.toString('utf8');
  const keys = textsOf(text, 'Key');
  if (keys.length === 0 || keys.length > 1000) refuseS3('MalformedXML');
  for (const key of keys) store.remove(key);
  const quiet = textsOf(text, 'Quiet')[0] === 'true';
  answerXml(response, 200, { DeleteResult: { Deleted: quiet ? [] : keys.map(Key => ({ Key })) } });
};

interface Form {
  /** Lower-case names; what follows the file is not read, as in S3. */
  readonly fields: Map<string, string>;
  readonly file: File;
}

const readForm = async (request: IncomingMessage, body: Buffer): Promise<Form> => {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const malformed = (): never =>
    refuseS3('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(malformed);
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value !== 'string') return name === 'file' ? { fields, file: value } : malformed();
    fields.set(name.toLowerCase(), value);
  }
  return refuseS3('InvalidArgument', 'POST requires exactly one file upload per request.');
};

/** POST Object: everything the policy says is checked against the form and the bytes before anything is kept. */
export const postObject = async (call: Omit<Call, 'key'>, scope: Scope): Promise<void> => {
  const { request, response, bucket, store, body, now } = call;
  const { fields, file } = await readForm(request, body);
  if ((fields.get('bucket') ?? bucket) !== bucket)
    refuseS3('AccessDenied', 'The form is for another bucket.');
  fields.set('bucket', bucket);
  const bytes = Buffer.from(await file.arrayBuffer());
  checkPolicy(fields, bytes.length, scope);
  const key = (fields.get('key') ?? '').replace(/\$\{filename\}/, () => file.name);
  if (key === '') refuseS3('InvalidArgument', "Bucket POST must contain a field named 'key'.");
  const given = Object.fromEntries(fields);
  const object = store.put(key, bytes, factsFrom(given, checkChecksums(given, bytes)), now);
  call.created(object, 'PostObject');
  const status = Number(fields.get('success_action_status') ?? 204);
  response.setHeader('etag', `"${object.etag}"`);
  if (status !== 201) response.writeHead(status === 200 ? 200 : 204).end();
  else answerXml(response, 201, { PostResponse: { Bucket: bucket, Key: key, ETag: `"${object.etag}"` } });
};
