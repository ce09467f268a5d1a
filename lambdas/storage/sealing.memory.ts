import { randomBytes } from 'node:crypto';
import { type Sealer, sealer } from './sealing.ts';

/** Seals for real with a key nobody keeps; for tests. */
export const memorySealer = (): Sealer => {
  const key = randomBytes(32);
  return sealer({ current: async () => ({ key, wrapped: new Uint8Array() }), unwrap: async () => key });
};
