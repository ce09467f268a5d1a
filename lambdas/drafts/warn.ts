import type { EpochMs, OwnerId } from '../domain/case.ts';
import { isDigestHour } from '../domain/digest.ts';
import { daysToWarnOf } from '../domain/draft.ts';
import type { Profile } from '../domain/profile.ts';
import type { Letter } from '../notifications/letter.ts';
import { recipientOf } from '../notifications/recipient.ts';
import type { HasTime } from '../notifications/run.ts';
import type { Notify } from '../notifications/send.ts';
import type { DraftWarnings } from '../storage/draft-warnings.ts';

type Reachable = Pick<Profile, 'language' | 'email' | 'phone'>;

export interface WarnDependencies {
  readonly warnings: DraftWarnings;
  readonly profile: (owner: OwnerId) => Promise<Reachable | undefined>;
  /** `day`: the first on which one of the drafts goes, `2026-12-24`. */
  readonly texts: (language: Profile['language'], day: string) => Letter;
  readonly notify: Notify;
  readonly now: () => EpochMs;
  readonly hasTime: HasTime;
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

const tell = async (owner: OwnerId, day: string, { profile, texts, notify }: WarnDependencies) => {
  const person = await profile(owner);
  // There is time to wait for an e-mail; a text message goes to those only who have nothing else.
  const recipient = person && recipientOf(person, 'email');
  return recipient ? notify(recipient, texts(person.language, day)) : 'refused';
};

type Result = 'sent' | 'failed' | 'unknown';

const warn = async (owner: OwnerId, day: string, dependencies: WarnDependencies): Promise<Result> => {
  const result = await tell(owner, day, dependencies).catch(() => 'failed' as const);
  if (result === 'failed' || result === 'refused') await dependencies.warnings.release(owner, day);
  return result === 'refused' ? 'failed' : result;
};

interface Going {
  readonly owner: OwnerId;
  readonly day: string;
}

/** Whose drafts go within a week and when, the first day first. */
async function* going({ warnings, now }: WarnDependencies): AsyncGenerator<Going> {
  for (const day of daysToWarnOf(now()))
    for (const owner of await warnings.ownersOn(day)) yield { owner, day };
}

/** The letter of an earlier day is this one's too; where that one failed, the day is left to another run. */
const warnUnlessTold = async (
  { owner, day }: Going,
  earlier: Result | undefined,
  dependencies: WarnDependencies,
): Promise<Result | undefined> => {
  if (earlier === 'failed') return undefined;
  const isOurs = await dependencies.warnings.claim(owner, day, dependencies.now());
  return isOurs && !earlier ? warn(owner, day, dependencies) : undefined;
};

/**
 * Tells those whose drafts are to be removed within a week, once for every day on which some go and once a run; only
 * between 9 and 20, like everything we send (R9.2).
 */
export const warnOfExpiry = async (dependencies: WarnDependencies): Promise<WarnSummary> => {
  const summary: WarnSummary = { sent: 0, failed: 0, unknown: 0, left: 0 };
  const { now, hasTime } = dependencies;
  if (!isDigestHour(now())) return summary;
  const results = new Map<OwnerId, Result>();
  for await (const next of going(dependencies)) {
    if (!hasTime()) {
      summary.left += 1;
      continue;
    }
    const result = await warnUnlessTold(next, results.get(next.owner), dependencies);
    if (!result) continue;
    results.set(next.owner, result);
    summary[result] += 1;
  }
  return summary;
};
