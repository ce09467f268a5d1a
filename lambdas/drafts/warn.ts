import type { EpochMs, OwnerId } from '../domain/case.ts';
import { isDigestHour } from '../domain/digest.ts';
import { daysToWarnOf } from '../domain/draft.ts';
import type { Profile } from '../domain/profile.ts';
import type { Letter } from '../notifications/letter.ts';
import type { Notify, Recipient } from '../notifications/send.ts';
import type { DraftWarnings } from '../storage/draft-warnings.ts';

type Reachable = Pick<Profile, 'language' | 'email' | 'phone'>;

export interface WarnDependencies {
  readonly warnings: DraftWarnings;
  readonly profile: (owner: OwnerId) => Promise<Reachable | undefined>;
  /** `day`: the first on which one of the drafts goes, `2026-12-24`. */
  readonly texts: (language: Profile['language'], day: string) => Letter;
  readonly notify: Notify;
  readonly now: () => EpochMs;
  /** Whether there is time for one more; tomorrow's run finds the others. */
  readonly hasTime: () => boolean;
}

/** Counts only, nobody's name. */
export interface WarnSummary {
  sent: number;
  /** Surely not sent: tried again tomorrow. */
  failed: number;
  /** No answer: it may have been sent, and is not sent twice. */
  unknown: number;
  left: number;
}

/** There is time to wait for an e-mail; a text message goes to those only who have nothing else. */
const recipientOf = ({ email, phone }: Reachable): Recipient | undefined => {
  if (email) return { channel: 'email', address: email };
  return phone ? { channel: 'sms', number: phone } : undefined;
};

const tell = async (owner: OwnerId, day: string, { profile, texts, notify }: WarnDependencies) => {
  const person = await profile(owner);
  const recipient = person && recipientOf(person);
  return recipient ? notify(recipient, texts(person.language, day)) : 'refused';
};

const warn = async (owner: OwnerId, day: string, dependencies: WarnDependencies) => {
  const result = await tell(owner, day, dependencies).catch(() => 'failed' as const);
  if (result === 'failed' || result === 'refused') await dependencies.warnings.release(owner, day);
  return result === 'refused' ? 'failed' : result;
};

/**
 * Tells those whose drafts are to be removed within a week, once for every day on which some go and once a run; only
 * between 9 and 20, like everything we send (R9.2).
 */
export const warnOfExpiry = async (dependencies: WarnDependencies): Promise<WarnSummary> => {
  const summary: WarnSummary = { sent: 0, failed: 0, unknown: 0, left: 0 };
  const { warnings, now, hasTime } = dependencies;
  if (!isDigestHour(now())) return summary;
  const results = new Map<OwnerId, 'sent' | 'failed' | 'unknown'>();
  for (const day of daysToWarnOf(now()))
    for (const owner of await warnings.ownersOn(day)) {
      if (!hasTime()) {
        summary.left += 1;
        continue;
      }
      const before = results.get(owner);
      // Nobody was told of anything: this day is left to another run.
      if (before === 'failed') continue;
      const isOurs = await warnings.claim(owner, day, now());
      // The letter of the earlier day is this one's too.
      if (!isOurs || before) continue;
      const result = await warn(owner, day, dependencies);
      results.set(owner, result);
      summary[result] += 1;
    }
  return summary;
};
