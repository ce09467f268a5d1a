import { createHash } from 'node:crypto';
import type { EpochMs } from '../domain/case.ts';

/** Text by file name. */
export type Files = Readonly<Record<string, string>>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Hex, by file name. */
export const hashesOf = (files: Files): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]));

/** As `sha256sum` writes and checks it. */
export const sumsOf = (files: Files): string =>
  Object.entries(hashesOf(files))
    .map(([name, hash]) => `${hash}  ${name}\n`)
    .join('');

/** All in one folder, so that unpacking scatters nothing. */
export const zipOf = async (folder: string, files: Files, now: EpochMs): Promise<Uint8Array> => {
  const { zip } = await import('./zip.ts');
  const inFolder = Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text] as const);
  return zip(Object.fromEntries(inFolder), now);
};
