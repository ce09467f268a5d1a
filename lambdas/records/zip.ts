import { strToU8, zipSync } from 'fflate';
import type { EpochMs } from '../domain/case.ts';

/** A module of its own, to be loaded with the first file that is packed: the library reckons its tables when it is. */
export const zip = (files: Readonly<Record<string, string>>, now: EpochMs): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    mtime: now,
    level: 6,
  });
