import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { FileName } from './attachment-rows.ts';
import { cleanKey, quarantineKey } from './uploads.ts';

/** The files that wait for a verdict, and the only way out for them. */
export interface Quarantine {
  /** Undefined where there is no such object, or it is not the one that was scanned. */
  read(file: FileName, part: { from: number; to: number }, eTag: string): Promise<Uint8Array | undefined>;
  holds(file: FileName): Promise<boolean>;
  /** Copies what was scanned to where departments fetch it. False where that very object is not there (any more). */
  admit(file: FileName, eTag: string): Promise<boolean>;
  /** Takes it away for good where a version is named; else it can be brought back for a while, as everything deleted. */
  drop(file: FileName, versionId?: string): Promise<void>;
  /** Wherever it is: nobody needs it any more, or nobody may have it. */
  remove(file: FileName): Promise<void>;
  /** A copy in its own place is a new object to the scanner. False where there is nothing to scan. */
  scanAgain(file: FileName): Promise<boolean>;
}

/** S3 answers 403 where there is nothing to those who may not list the bucket, and nobody may list this one. */
const isGone = (error: unknown): boolean =>
  error instanceof S3ServiceException && [403, 404, 412].includes(error.$metadata.httpStatusCode ?? 0);

const unlessGone = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await ask();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
};

const quoted = (eTag: string): string => `"${eTag.replaceAll('"', '')}"`;

export const quarantine = (client: S3Client, Bucket: string): Quarantine => {
  const keyOf = ({ owner, draft, id }: FileName): string => quarantineKey({ owner, id: draft }, id);
  const cleanKeyOf = ({ owner, draft, id }: FileName): string => cleanKey({ owner, id: draft }, id);
  const copy = (file: FileName, Key: string, more: object = {}) =>
    unlessGone(() =>
      client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${keyOf(file)}`, ...more })),
    );
  return {
    read: (file, { from, to }, eTag) =>
      unlessGone(async () => {
        const { Body } = await client.send(
          new GetObjectCommand({
            Bucket,
            Key: keyOf(file),
            Range: `bytes=${from}-${to}`,
            IfMatch: quoted(eTag),
          }),
        );
        return Body?.transformToByteArray();
      }),
    holds: async file =>
      (await unlessGone(() => client.send(new HeadObjectCommand({ Bucket, Key: keyOf(file) })))) !==
      undefined,
    admit: async (file, eTag) =>
      (await copy(file, cleanKeyOf(file), {
        CopySourceIfMatch: quoted(eTag),
      })) !== undefined,
    drop: async (file, VersionId) => {
      await client.send(
        new DeleteObjectCommand({ Bucket, Key: keyOf(file), ...(VersionId && { VersionId }) }),
      );
    },
    remove: async file => {
      for (const Key of [keyOf(file), cleanKeyOf(file)])
        await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    // S3 takes a copy onto itself only where something changes: its metadata are written anew, the same.
    scanAgain: async file =>
      (await copy(file, keyOf(file), {
        MetadataDirective: 'REPLACE',
        ContentType: 'application/octet-stream',
        ChecksumAlgorithm: 'SHA256',
      })) !== undefined,
  };
};
