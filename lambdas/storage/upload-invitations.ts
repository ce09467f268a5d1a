import type { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { base64, quarantineKey, type Uploads } from './uploads.ts';

const inviteSeconds = 15 * 60;

export const invitations = (client: S3Client, bucket: string): Pick<Uploads, 'invite'> => ({
  // Every field is a condition of the policy too, so none of them can be changed on the way.
  invite: (draft, { id, size, type, sha256 }) =>
    createPresignedPost(client, {
      Bucket: bucket,
      Key: quarantineKey(draft, id),
      Fields: {
        'Content-Type': type,
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': base64(sha256),
      },
      Conditions: [['content-length-range', size, size]],
      Expires: inviteSeconds,
    }),
});
