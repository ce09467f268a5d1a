import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../durable.ts';
import type { ChecksumName } from './payload.ts';

/** What is kept about an object beside its bytes. */
export interface ObjectFacts {
  /** Sent back as they came: content-type, cache-control, content-disposition, content-encoding, content-language. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-meta-*`, without the prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Base64, as S3 writes them. */
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StoredObject extends ObjectFacts {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Hex MD5, without quotation marks. */
  readonly etag: string;
  /** Epoch ms. */
  readonly at: number;
  /** Name of the file that holds the bytes. */
  readonly blob: string;
}

type Line = { put: StoredObject } | { remove: string };

export interface BucketStore {
  find(key: string): StoredObject | undefined;
  /** In the order of the keys' UTF-8 bytes, as S3 lists. */
  keys(): string[];
  /** An open file of the bytes: they stay readable though the object is replaced meanwhile. The caller closes it. */
  open(object: StoredObject): number;
  put(key: string, bytes: Uint8Array, facts: ObjectFacts, at: number): StoredObject;
  /** Changes the facts only; the bytes, ETag and date stay. */
  change(object: StoredObject, facts: Partial<ObjectFacts>): void;
  remove(key: string): void;
}

/** The journal's good lines; a line torn by a kill is the last one and counts as never written. */
const replay = (journal: string): Map<string, StoredObject> => {
  const objects = new Map<string, StoredObject>();
  if (!existsSync(journal)) return objects;
  for (const text of readFileSync(journal, 'utf8').split('\n')) {
    const line = parse(text);
    if (line && 'put' in line) objects.set(line.put.key, line.put);
    if (line && 'remove' in line) objects.delete(line.remove);
  }
  return objects;
};

const parse = (text: string): Line | undefined => {
  try {
    return text === '' ? undefined : (JSON.parse(text) as Line);
  } catch {
    return undefined;
  }
};

/**
 * A bucket as a folder: one file of bytes an object, and a journal whose appended line is the moment a change
 * happens. After `kill -9` every object is whole, old or new; bytes nothing points to are swept at the next start.
 */
export const openBucket = (folder: string): BucketStore => {
  const blobs = join(folder, 'blobs');
  const journal = join(folder, 'journal.jsonl');
  mkdirSync(blobs, { recursive: true, mode: 0o700 });
  const objects = replay(journal);
  writeWhole(journal, [...objects.values()].map(put => `${JSON.stringify({ put })}\n`).join(''));
  const used = new Set([...objects.values()].map(object => object.blob));
  for (const name of readdirSync(blobs)) if (!used.has(name)) rmSync(join(blobs, name));
  let sorted: string[] | undefined;

  const commit = (line: Line): void => appendFileSync(journal, `${JSON.stringify(line)}\n`);
  const drop = (object: StoredObject | undefined): void => {
    if (object) rmSync(join(blobs, object.blob), { force: true });
  };
  const replace = (object: StoredObject): void => {
    commit({ put: object });
    if (!objects.has(object.key)) sorted = undefined;
    objects.set(object.key, object);
  };

  return {
    find: key => objects.get(key),
    keys: () => {
      sorted ??= [...objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      return sorted;
    },
    open: object => openSync(join(blobs, object.blob), 'r'),
    put: (key, bytes, facts, at) => {
      const blob = randomUUID();
      writeFileSync(join(blobs, blob), bytes, { mode: 0o600 });
      const before = objects.get(key);
      const etag = createHash('md5').update(bytes).digest('hex');
      const object = { ...facts, key, size: bytes.length, etag, at, blob };
      replace(object);
      drop(before);
      return object;
    },
    change: (object, facts) => replace({ ...object, ...facts }),
    remove: key => {
      const before = objects.get(key);
      if (!before) return;
      commit({ remove: key });
      objects.delete(key);
      sorted = undefined;
      drop(before);
    },
  };
};
