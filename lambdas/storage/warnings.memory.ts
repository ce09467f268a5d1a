import type { Warning } from '../domain/contact-change.ts';
import type { Warnings } from './warnings.ts';

/** Warnings of one process, for tests; `owed` is what profiles write theirs into. */
export const memoryWarnings = (owed: Map<string, Warning>): Warnings => ({
  async *due() {
    yield* [...owed.values()];
  },
  settle: async ({ id }) => {
    owed.delete(id);
  },
});
