import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { s3Client } from './s3-client.ts';
import { cleanKey, type Uploads } from './uploads.ts';

const releaseSeconds = 60;

/** RFC 6266: always saved, never shown by a browser on the bucket's own origin. Its name is told with the case. */
const asDownload = 'attachment';

export const releases = (bucket: string, client: S3Client = s3Client()): Pick<Uploads, 'release'> => ({
  release: (draft, { id }) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: cleanKey(draft, id),
        ResponseContentDisposition: asDownload,
        ResponseContentType: 'application/octet-stream',
      }),
      { expiresIn: releaseSeconds },
    ),
});
