import { HeadObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { s3Client } from './s3-client.ts';
import { type Announced, base64, quarantineKey, type Uploads } from './uploads.ts';

/** S3 answers 403 where there is nothing to those who may not list the bucket, and nobody may list this one. */
const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0);

export const arrivals = (bucket: string, client: S3Client = s3Client()): Pick<Uploads, 'arrived'> => ({
  arrived: async (draft, { id, size, sha256 }: Announced) => {
    try {
      const { ContentLength, ChecksumSHA256 } = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: quarantineKey(draft, id), ChecksumMode: 'ENABLED' }),
      );
      return ContentLength === size && ChecksumSHA256 === base64(sha256);
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  },
});
