import { codeMinutes, codesPerDay, codesPerHour, codeTries } from '../domain/contact-change.ts';
import { refuse } from '../domain/refusal.ts';
import { type ConfirmationCodes, newCode } from './confirmation-codes.ts';

interface Kept {
  readonly code: string;
  readonly address: string;
  readonly until: number;
  triesLeft: number;
}

/** Codes of one process; for tests. */
export const memoryConfirmationCodes = (): ConfirmationCodes => {
  const kept = new Map<string, Kept>();
  const sent = new Map<string, number>();
  return {
    issue: async (owner, personKey, { field, address }, now) => {
      for (const [limit, ms] of [
        [codesPerHour, 3_600_000],
        [codesPerDay, 86_400_000],
      ] as const) {
        const time = `${personKey}|${field}|${ms}|${Math.floor(now / ms)}`;
        const count = sent.get(time) ?? 0;
        if (count >= limit) refuse({ kind: 'too-many-codes' });
        sent.set(time, count + 1);
      }
      const code = newCode();
      const until = now + codeMinutes * 60_000;
      kept.set(`${owner}|${field}`, { code, address, until, triesLeft: codeTries });
      return code;
    },
    check: async (owner, { field, address }, code, now) => {
      const found = kept.get(`${owner}|${field}`);
      if (!found || found.triesLeft === 0 || found.until <= now) return { is: 'expired' };
      found.triesLeft -= 1;
      return found.code === code && found.address === address
        ? { is: 'right' }
        : { is: 'wrong', triesLeft: found.triesLeft };
    },
  };
};
