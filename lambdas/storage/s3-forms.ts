import { type Forms, forms } from './forms.ts';
import { s3Client } from './s3-client.ts';

/** A module of its own, so that of S3's client only what forms need is bundled where it is loaded on demand. */
export const s3Forms = (bucket: string): Pick<Forms, 'get'> => forms(s3Client(), bucket);
