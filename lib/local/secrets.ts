/** Random values of one portal's own, made once and kept in its data folder. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readOrMake, writeWhole } from './engines/durable.ts';

export interface Secrets {
  /** The value of the secret of this name, made when it is first asked for. */
  of(name: string): string;
}

export const openSecrets = (dataDir: string): Secrets => {
  const file = join(dataDir, 'secrets.json');
  const values = readOrMake<Record<string, string>>(file, () => ({}));
  return {
    of: name => {
      const known = values[name];
      if (known !== undefined) return known;
      const made = randomBytes(24).toString('hex');
      values[name] = made;
      writeWhole(file, JSON.stringify(values, null, 2));
      return made;
    },
  };
};
