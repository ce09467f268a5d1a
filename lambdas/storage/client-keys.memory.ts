import type { ClientKey, ClientKeys } from './client-keys.ts';
import { newClientKey } from './client-keys.ts';

/** Client keys for tests: real keys, kept in memory. */
export const memoryClientKeys = (): ClientKeys => {
  const kept = new Map<string, ClientKey>();
  return {
    find: async (use, period) => kept.get(`${use}${period}`),
    provide: async (use, period) => {
      const name = `${use}${period}`;
      if (!kept.has(name)) kept.set(name, await newClientKey(use));
      return kept.get(name) as ClientKey;
    },
  };
};
