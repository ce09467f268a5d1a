import type { Pointers } from './pointers.ts';

/** The store's client, and a kind of signature that it alone asks for, are loaded for whoever gets as far as the switch. */
export const pointersOnDemand = (store: string): Pointers => {
  let loaded: Promise<Pointers> | undefined;
  const load = () => (loaded ??= import('./pointers.ts').then(({ keyValueStore }) => keyValueStore(store)));
  return { set: async (key, value) => (await load()).set(key, value) };
};
