import type { Forms } from './forms.ts';

/** The forms of S3, whose client is loaded with the first that is asked for: it is a third of a function's start. */
export const formsOnDemand = (bucket: string): Pick<Forms, 'get'> => {
  let loaded: Promise<Pick<Forms, 'get'>> | undefined;
  const load = () => (loaded ??= import('./s3-forms.ts').then(({ s3Forms }) => s3Forms(bucket)));
  return { get: async (id, version) => (await load()).get(id, version) };
};
