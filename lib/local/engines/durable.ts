import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Replaces a file as a whole: whoever reads it, after a kill too, sees the old or the new, never a part. Owner-only. */
export const writeWhole = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, content, { mode: 0o600, flush: true });
  renameSync(temporary, path);
};

/** The JSON a file holds, or what `make` makes, kept from then on. */
export const readOrMake = <Value>(path: string, make: () => Value): Value => {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Value;
  const made = make();
  writeWhole(path, JSON.stringify(made));
  return made;
};
