/** The origins CloudFront reaches here: the local S3's buckets, and the HTTP API. */
import { closeSync, readFileSync } from 'node:fs';
import type { StoredObject } from '../engines/s3/store.ts';
import type { Gateway } from '../gateway.ts';
import { type HttpRequest, type HttpResponse, header } from '../http-message.ts';
import type { Fetch } from './cdn.ts';

/** A bucket's objects, as CloudFront may read them: here it stands where AWS itself would, and signs nothing. */
export interface Objects {
  find(key: string): StoredObject | undefined;
  open(object: StoredObject): number;
}

const denied = (status: 403 | 404): HttpResponse => ({
  status,
  headers: [['content-type', 'application/xml']],
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${status === 404 ? 'NoSuchKey' : 'AccessDenied'}</Code></Error>`,
  ),
});

const read = (objects: Objects, object: StoredObject): Buffer => {
  const file = objects.open(object);
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
};

const headersOf = (object: StoredObject): HttpResponse['headers'] => [
  ...Object.entries(object.headers),
  ['etag', `"${object.etag}"`],
  ['last-modified', new Date(object.at).toUTCString()],
  ['accept-ranges', 'bytes'],
];

/** RFC 9110, section 13.2.2: the ETag decides where it was asked for; the date only without it. Weak ones match too. */
const isUnchanged = ({ headers }: HttpRequest, object: StoredObject): boolean => {
  const etags = header(headers, 'if-none-match');
  if (etags !== undefined)
    return etags.split(',').some(etag => ['*', `"${object.etag}"`].includes(etag.trim().replace(/^W\//, '')));
  const since = Date.parse(header(headers, 'if-modified-since') ?? '');
  return Math.floor(object.at / 1_000) * 1_000 <= since;
};

/** One range of bytes, first and last; undefined where the whole is asked for. */
const rangeOf = ({ headers }: HttpRequest, size: number): readonly [number, number] | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header(headers, 'range') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') return [Math.max(0, size - Number(match[2])), size - 1];
  return [Number(match[1]), match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]))];
};

const answer = (objects: Objects, object: StoredObject, request: HttpRequest): HttpResponse => {
  const headers = headersOf(object);
  if (isUnchanged(request, object)) return { status: 304, headers, body: Buffer.alloc(0) };
  const range = rangeOf(request, object.size);
  if (!range) return { status: 200, headers, body: read(objects, object) };
  const [first, last] = range;
  if (first > last)
    return { status: 416, headers: [['content-range', `bytes */${object.size}`]], body: Buffer.alloc(0) };
  const ranged = [...headers, ['content-range', `bytes ${first}-${last}/${object.size}`] as const];
  return { status: 206, headers: ranged, body: read(objects, object).subarray(first, last + 1) };
};

const keyOf = (path: string): string => {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return path.slice(1);
  }
};

/** Without the right to list, S3 does not say that an object is missing: it says 403. */
const fetchObject = (objects: Objects, request: HttpRequest, mayList: boolean): HttpResponse => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return denied(403);
  const object = objects.find(keyOf(request.path));
  return object ? answer(objects, object, request) : denied(mayList ? 404 : 403);
};

export const createFetch =
  (parts: {
    readonly buckets: (name: string) => Objects;
    readonly gateway: Gateway;
    readonly mayList: (bucket: string) => boolean;
  }): Fetch =>
  async (origin, request) =>
    origin.bucket === undefined
      ? parts.gateway(request)
      : fetchObject(parts.buckets(origin.bucket), request, parts.mayList(origin.bucket));
