import { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { CaseAttachment } from '../domain/case.ts';
import type { DraftName } from './draft-rows.ts';

/** Where a browser sends a file: a multipart form, these fields first and `file` last. */
export interface Upload {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

type Announced = Pick<CaseAttachment, 'id' | 'size' | 'type' | 'sha256'>;

/** The files themselves. Nothing leaves quarantine before it has been scanned. */
export interface Uploads {
  /** Takes exactly the file that was announced: its size, its type, its checksum. Valid for 15 minutes. */
  invite(draft: DraftName, attachment: Announced): Promise<Upload>;
  /** Whether the file is there, whole, and the one that was announced. */
  arrived(draft: DraftName, attachment: Announced): Promise<boolean>;
  remove(draft: DraftName, attachment: string): Promise<void>;
  /** A short-lived address of a file that has been scanned; the caller's token is not for it. */
  release(draft: DraftName, attachment: Pick<CaseAttachment, 'id' | 'name'>): Promise<string>;
}

const inviteSeconds = 15 * 60;
const releaseSeconds = 60;

const base64 = (sha256: string): string => Buffer.from(sha256, 'hex').toString('base64');

/** No name of a file, for addresses end in logs. */
const keyOf = ({ owner, id }: DraftName, attachment: string): string =>
  `quarantine/${owner}/${id}/${attachment}`;

/** RFC 6266, section 4.3: always saved, never shown by a browser on the bucket's own origin. */
const asDownload = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey');

export const uploads = (client: S3Client, bucket: string): Uploads => ({
  // Every field is a condition of the policy too, so none of them can be changed on the way.
  invite: (draft, { id, size, type, sha256 }) =>
    createPresignedPost(client, {
      Bucket: bucket,
      Key: keyOf(draft, id),
      Fields: {
        'Content-Type': type,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': base64(sha256),
      },
      Conditions: [['content-length-range', size, size]],
      Expires: inviteSeconds,
    }),
  arrived: async (draft, { id, size, sha256 }) => {
    try {
      const { ContentLength, ChecksumSHA256 } = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: keyOf(draft, id), ChecksumMode: 'ENABLED' }),
      );
      return ContentLength === size && ChecksumSHA256 === base64(sha256);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  },
  remove: async (draft, attachment) => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(draft, attachment) }));
  },
  release: (draft, { id, name }) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: keyOf(draft, id),
        ResponseContentDisposition: asDownload(name),
        ResponseContentType: 'application/octet-stream',
      }),
      { expiresIn: releaseSeconds },
    ),
});
