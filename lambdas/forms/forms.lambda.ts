import { S3Client } from '@aws-sdk/client-s3';
import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { forms } from '../storage/forms.ts';
import { getForm } from './form.ts';

const environment = configuration('CONTENT_BUCKET', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = { forms: forms(new S3Client(), environment.CONTENT_BUCKET) };

export const handler = api(request => getForm(request, dependencies), { access: 'public', environment });
