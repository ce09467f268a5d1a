/** What the CDK's bucket deployments do: the site and the content of this version are put into their buckets. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readOrMake, writeWhole } from './engines/durable.ts';
import type { ObjectFacts, StoredObject } from './engines/s3/store.ts';

/** The bucket's own store: deployments and CloudFront stand where AWS itself would. */
export interface Bucket {
  find(key: string): StoredObject | undefined;
  keys(): string[];
  put(key: string, bytes: Uint8Array, facts: ObjectFacts, at: number): unknown;
  remove(key: string): void;
}

export interface BucketDeployment {
  readonly bucket: string;
  /** Ends in a slash, or is empty. */
  readonly prefix: string;
  /** Folders whose files go there. */
  readonly sources: readonly string[];
  /** `*` patterns of keys that are left alone, and of those that are taken all the same. */
  readonly exclude: readonly string[];
  readonly include: readonly string[];
  /** Objects that are in no source go away. */
  readonly prune: boolean;
  /** `cache-control`, `content-type`… for every object. */
  readonly headers: Readonly<Record<string, string>>;
}

/** As the AWS CLI guesses them. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  ).test(text);

const taken = ({ exclude, include }: BucketDeployment, path: string): boolean =>
  !exclude.some(pattern => like(pattern, path)) || include.some(pattern => like(pattern, path));

const filesOf = (folder: string): string[] =>
  globSync('**/*', { cwd: folder }).filter(path => statSync(join(folder, path)).isFile());

const same = (
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
  object: StoredObject | undefined,
): boolean =>
  object !== undefined &&
  object.etag === createHash('md5').update(bytes).digest('hex') &&
  Object.entries(headers).every(([name, value]) => object.headers[name] === value);

/** Puts what differs, removes what is gone; answers how many objects were touched. */
export const deploy = (deployment: BucketDeployment, bucket: Bucket, now: number): number => {
  const { prefix, prune } = deployment;
  const wanted = new Set<string>();
  let touched = 0;
  for (const folder of deployment.sources)
    for (const path of filesOf(folder).filter(each => taken(deployment, each))) {
      const key = `${prefix}${path}`;
      const bytes = readFileSync(join(folder, path));
      const headers = {
        'content-type': types[extname(path)] ?? 'binary/octet-stream',
        ...deployment.headers,
      };
      wanted.add(key);
      if (same(bytes, headers, bucket.find(key))) continue;
      bucket.put(key, bytes, { headers, metadata: {}, checksums: {}, tags: {} }, now);
      touched += 1;
    }
  if (!prune) return touched;
  for (const key of bucket.keys()) {
    if (!key.startsWith(prefix) || wanted.has(key) || !taken(deployment, key.slice(prefix.length))) continue;
    bucket.remove(key);
    touched += 1;
  }
  return touched;
};

/** Remembers, across restarts, for which version something has been done: a trigger runs once a deployment. */
export const openDone = (
  file: string,
): { has(name: string, version: string): boolean; add(name: string, version: string): void } => {
  const done = readOrMake<Record<string, string>>(file, () => ({}));
  return {
    has: (name, version) => done[name] === version,
    add: (name, version) => {
      done[name] = version;
      writeWhole(file, JSON.stringify(done, null, 2));
    },
  };
};
