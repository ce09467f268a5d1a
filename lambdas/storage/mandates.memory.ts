import type { Choosing, Held, Mandates } from './mandates.ts';

/** Mandates of one process; for tests. */
export const memoryMandates = (): Mandates => {
  const begun = new Map<string, { readonly cookie: string; readonly choosing: Choosing }>();
  const kept = new Map<string, Held>();
  return {
    begin: async (state, cookie, choosing) => {
      begun.set(state, { cookie, choosing });
    },
    take: async (state, cookie) => {
      const found = begun.get(state);
      begun.delete(state);
      return found?.cookie === cookie ? found.choosing : undefined;
    },
    hold: async (_session, cookie, held) => {
      kept.set(cookie, held);
    },
    held: async cookie => kept.get(cookie),
  };
};
