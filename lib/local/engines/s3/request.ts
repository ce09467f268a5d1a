import type { IncomingMessage, ServerResponse } from 'node:http';
import type { S3Code } from './refusal.ts';
import { refuseS3 } from './refusal.ts';
import type { BucketStore, ObjectFacts, StoredObject } from './store.ts';

/** One call, past the checks of its signature; `key` is empty when the bucket itself is meant. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bucket: string;
  readonly store: BucketStore;
  readonly key: string;
  readonly query: URLSearchParams;
  /** As sent, still chunked where it was. */
  readonly body: Buffer;
  /** Epoch ms. */
  readonly now: number;
  /** Tells whoever the bucket announces its objects to. */
  readonly created: (object: StoredObject, reason: 'PutObject' | 'CopyObject' | 'PostObject') => void;
}

const keptHeaders = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
] as const;

export type Fields = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | undefined => [value ?? []].flat()[0];

/** `a=1&b=2`, as the tagging header has it. */
const tagsOf = (text: string | undefined): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text ?? ''));

/** Facts of a new object from request headers, or from the fields of a form: they are named alike. */
export const factsFrom = (fields: Fields, checksums: ObjectFacts['checksums']): ObjectFacts => {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of keptHeaders) {
    const value = one(fields[name]);
    if (value !== undefined) headers[name] = value;
  }
  const encoding = headers['content-encoding']?.split(/, */).filter(part => part !== 'aws-chunked');
  if (encoding?.length) headers['content-encoding'] = encoding.join(',');
  else delete headers['content-encoding'];
  const metadata = Object.entries(fields)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), one(value) ?? '']);
  return {
    headers,
    metadata: Object.fromEntries(metadata) as Record<string, string>,
    checksums,
    tags: tagsOf(one(fields['x-amz-tagging'])),
  };
};

/** Bytes `from` to `to`, both included; undefined when the whole is meant. Refuses with InvalidRange. */
export const rangeOf = (
  header: string | undefined,
  size: number,
): { from: number; to: number } | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const from = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (from > to) refuseS3('InvalidRange' satisfies S3Code, 'The requested range is not satisfiable');
  return { from, to };
};

const unquoted = (tag: string): string => tag.trim().replace(/^W\//, '').replace(/^"|"$/g, '');
const names = (header: string, etag: string): boolean =>
  header.split(',').some(tag => tag.trim() === '*' || unquoted(tag) === etag);

/** RFC 9110 section 13: If-Match and If-None-Match, with dates only where there is no tag. */
export const condition = (
  headers: Fields,
  object: { etag: string; at: number } | undefined,
): 'met' | 'not-modified' | 'failed' => {
  const match = one(headers['if-match']);
  const noneMatch = one(headers['if-none-match']);
  const since = Date.parse(one(headers['if-modified-since']) ?? '');
  if (match !== undefined && !(object && names(match, object.etag))) return 'failed';
  if (noneMatch !== undefined) return object && names(noneMatch, object.etag) ? 'not-modified' : 'met';
  return object && Math.floor(object.at / 1000) * 1000 <= since ? 'not-modified' : 'met';
};

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of every `<name>` in a small XML body, entities resolved. */
export const textsOf = (body: string, name: string): string[] =>
  [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(match =>
    (match[1] ?? '').replace(
      /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
      (whole, hex?: string, decimal?: string, word = '') =>
        hex || decimal
          ? String.fromCodePoint(Number.parseInt(hex ?? decimal ?? '', hex ? 16 : 10))
          : (entities[word] ?? whole),
    ),
  );
