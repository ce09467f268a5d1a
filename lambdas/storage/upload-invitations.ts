import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { base64, keyOf, type Uploads } from './uploads.ts';

const inviteSeconds = 15 * 60;

export const invitations = (client: S3Client, bucket: string): Pick<Uploads, 'invite' | 'remove'> => ({
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
  remove: async (draft, attachment) => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(draft, attachment) }));
  },
});
