import { configuration } from '../configuration.ts';
import { api } from '../http/api.ts';
import { forms } from '../storage/forms.ts';
import { s3Client } from '../storage/s3-client.ts';
import { serveForms } from './form.ts';

const environment = configuration('CONTENT_BUCKET', 'PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

const dependencies = { forms: forms(s3Client(), environment.CONTENT_BUCKET) };

export const handler = api(serveForms(dependencies), { access: 'public', environment });
