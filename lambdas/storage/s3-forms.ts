import { S3Client } from '@aws-sdk/client-s3';
import { type Forms, forms } from './forms.ts';

/** A module of its own, so that of S3's client only what forms need is bundled where it is loaded on demand. */
export const s3Forms = (bucket: string): Pick<Forms, 'get'> => forms(new S3Client({}), bucket);
