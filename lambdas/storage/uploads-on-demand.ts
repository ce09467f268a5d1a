import type { Quarantine } from './quarantine.ts';
import type { Uploads } from './uploads.ts';

/*
 * S3's client is a third of a function's start, and most forms have no file, most of what departments do needs none:
 * these load it when the first file is asked for.
 */

export const arrivalsOnDemand = (bucket: string): Pick<Uploads, 'arrived'> => {
  let loaded: Promise<Pick<Uploads, 'arrived'>> | undefined;
  const load = () => (loaded ??= import('./upload-arrivals.ts').then(({ arrivals }) => arrivals(bucket)));
  return { arrived: async (draft, attachment) => (await load()).arrived(draft, attachment) };
};

export const releasesOnDemand = (bucket: string): Pick<Uploads, 'release'> => {
  let loaded: Promise<Pick<Uploads, 'release'>> | undefined;
  const load = () => (loaded ??= import('./upload-releases.ts').then(({ releases }) => releases(bucket)));
  return { release: async (draft, attachment) => (await load()).release(draft, attachment) };
};

export const removalsOnDemand = (bucket: string): Pick<Uploads, 'remove'> => {
  let loaded: Promise<Pick<Uploads, 'remove'>> | undefined;
  const load = () => (loaded ??= import('./upload-removals.ts').then(({ removals }) => removals(bucket)));
  return { remove: async (draft, attachment) => (await load()).remove(draft, attachment) };
};

export const removalsFromQuarantineOnDemand = (bucket: string): Pick<Quarantine, 'drop' | 'remove'> => {
  type Loaded = Pick<Quarantine, 'drop' | 'remove'>;
  let loaded: Promise<Loaded> | undefined;
  const begin = async (): Promise<Loaded> => {
    const [{ quarantine }, { s3Client }] = await Promise.all([
      import('./quarantine.ts'),
      import('./s3-client.ts'),
    ]);
    return quarantine(s3Client(), bucket);
  };
  const load = () => (loaded ??= begin());
  return {
    drop: async (file, versionId) => (await load()).drop(file, versionId),
    remove: async file => (await load()).remove(file),
  };
};
