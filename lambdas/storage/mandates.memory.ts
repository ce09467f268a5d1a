import { askedAnHour, type Choosing, type Held, hourOf, type Mandates } from './mandates.ts';

/** Mandates of one process; for tests. */
export const memoryMandates = (): Mandates => {
  const begun = new Map<string, { readonly cookie: string; readonly choosing: Choosing }>();
  const kept = new Map<string, Held>();
  const asked = new Map<string, number>();
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
    mayAsk: async (cookie, now) => {
      const key = `${cookie} ${hourOf(now)}`;
      const count = (asked.get(key) ?? 0) + 1;
      if (count <= askedAnHour) asked.set(key, count);
      return count <= askedAnHour;
    },
  };
};
