import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { s3Client } from './s3-client.ts';
import { cleanKey, quarantineKey, type Uploads } from './uploads.ts';

export const removals = (bucket: string, client: S3Client = s3Client()): Pick<Uploads, 'remove'> => ({
  remove: async (draft, attachment) => {
    for (const key of [quarantineKey(draft, attachment), cleanKey(draft, attachment)])
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});
