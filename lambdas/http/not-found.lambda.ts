import en from '../../dist/site/en/not-found/index.html';
import fi from '../../dist/site/fi/sivua-ei-loytynyt/index.html';
import sv from '../../dist/site/sv/sidan-hittades-inte/index.html';
import { configuration } from '../configuration.ts';
import { api } from './api.ts';
import { notFound } from './not-found.ts';

const environment = configuration('PORTAL_URL', 'ORIGIN_SECRET');
export type Environment = typeof environment;

export const handler = api(request => notFound(request, { fi, sv, en }), {
  access: 'public',
  environment,
  // Nothing happens here, so whoever asks and whatever they send gets the same answer.
  fromElsewhere: 'all',
  bodyAsText: 'all',
});
