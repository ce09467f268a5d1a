import type { EpochMs } from '../domain/case.ts';
import {
  claim as claimable,
  type DigestMark,
  type DigestTask,
  digestHour,
  isDue,
  taskTime,
} from '../domain/digest.ts';
import { isNew } from '../domain/folder.ts';
import type { Profile } from '../domain/profile.ts';
import type { Letter } from '../notifications/letter.ts';
import { recipientOf } from '../notifications/recipient.ts';
import type { HasTime } from '../notifications/run.ts';
import type { Notify, Recipient } from '../notifications/send.ts';
import type { CaseNotices } from '../storage/case-notices.ts';
import type { FolderReading } from '../storage/cases.ts';
import type { Claim, Digests } from '../storage/digests.ts';
import { digestTags, hourTag } from './outcome.ts';

export interface SendDependencies {
  readonly digests: Digests;
  readonly cases: Pick<FolderReading, 'header'>;
  readonly profile: (
    owner: string,
  ) => Promise<Pick<Profile, 'channel' | 'language' | 'email' | 'phone'> | undefined>;
  readonly texts: (language: Profile['language']) => Letter;
  readonly notify: Notify;
  readonly notices: CaseNotices;
  readonly now: () => EpochMs;
  readonly hasTime: HasTime;
}

/** What became of a shard's digests; counts only, nobody's name. */
export interface SendSummary {
  sent: number;
  /** Of those, after a sending that left no answer: these may have come twice. */
  again: number;
  /** Read meanwhile, so there was nothing to tell. */
  seen: number;
  /** Surely not sent; they wait again, and another try is worth it soon. */
  failed: number;
  /** Surely not sent, and not soon: no address, or one that is not taken. They wait for the next hour. */
  refused: number;
  /** No answer; taken up after half an hour. */
  unknown: number;
  /** Left for another call. */
  left: number;
}

/**
 * Whether something is new still. An organisation's folder has no mark of its own, for each of its people sees for
 * themselves: there whatever others than the folder's people did counts.
 */
const hasNews = async ({ owner, cases }: Claim, dependencies: SendDependencies): Promise<boolean> => {
  for (const caseNumber of cases) {
    const header = await dependencies.cases.header(owner, caseNumber);
    if (header && isNew(header, owner)) return true;
  }
  return false;
};

type Result = Exclude<keyof SendSummary, 'again' | 'left'>;
interface Prepared {
  readonly recipient: Recipient;
  readonly texts: Letter;
}

/** Everything up to the message itself; whatever goes wrong here, nothing was sent. */
const prepare = async (
  claim: Claim,
  dependencies: SendDependencies,
): Promise<Prepared | 'seen' | 'refused'> => {
  if (!(await hasNews(claim, dependencies))) return 'seen';
  const profile = await dependencies.profile(claim.owner);
  // Deleted at their own wish: whoever signs in again sees what is new.
  if (!profile) return 'seen';
  const recipient = recipientOf(profile, profile.channel);
  return recipient ? { recipient, texts: dependencies.texts(profile.language) } : 'refused';
};

/** For the case to show; the digest's own fate does not hang on it. A refusal has one place: it comes every hour anew. */
const note = async (
  claim: Claim,
  { recipient }: Prepared,
  result: Result,
  { notices, now }: SendDependencies,
): Promise<void> => {
  if (result !== 'sent' && result !== 'refused') return;
  const notice = {
    at: now(),
    channel: recipient.channel,
    outcome: result === 'sent' ? 'sent' : 'failed',
  } as const;
  const told = result === 'sent' ? claim : { ...claim, hour: 'refused' };
  await notices.note(told, notice).catch(() => undefined);
};

/** `unknown` stays claimed: half an hour later it is somebody's again. */
const settle = async (claim: Claim, result: Result, { digests }: SendDependencies): Promise<void> => {
  if (result === 'sent') await digests.finish(claim, 'sent');
  if (result === 'seen') await digests.finish(claim, 'nothing');
  if (result === 'failed' || result === 'refused') await digests.release(claim);
};

/** What was accepted is settled before anything else: cut off in between, it would be sent again. */
const deliver = async (claim: Claim, dependencies: SendDependencies): Promise<Result> => {
  const prepared = await prepare(claim, dependencies).catch(() => 'failed' as const);
  if (typeof prepared === 'string') {
    await settle(claim, prepared, dependencies);
    return prepared;
  }
  const tags = { [digestTags.owner]: claim.owner, [digestTags.hour]: hourTag(claim.hour) };
  const result = await dependencies.notify(prepared.recipient, prepared.texts, tags);
  await settle(claim, result, dependencies);
  await note(claim, prepared, result, dependencies);
  return result;
};

/** One person's digest: claimed so that nobody else sends it, sent once, and its outcome written down. */
const sendOne = async (
  mark: DigestMark,
  hour: string,
  time: EpochMs,
  dependencies: SendDependencies,
): Promise<{ readonly result: Result; readonly again: boolean } | undefined> => {
  if (claimable(mark, time) === 'no') return undefined;
  const claim = await dependencies.digests.claim(mark, hour, time);
  if (!claim) return undefined;
  return { result: await deliver(claim, dependencies), again: claim.again };
};

/** One person's trouble is not the others': what could not be claimed or written down is left for later. */
const trouble = { result: 'failed', again: false } as const;

/** A shard's digests of one hour (R9): who waits is told that there is news, once, whoever else is at it. */
export const sendDigests = async (task: DigestTask, dependencies: SendDependencies): Promise<SendSummary> => {
  const summary: SendSummary = { sent: 0, again: 0, seen: 0, failed: 0, refused: 0, unknown: 0, left: 0 };
  const { digests, now, hasTime } = dependencies;
  if (!isDue(task, now())) return summary;
  const hour = digestHour(task.at);
  for (const mark of await digests.waiting(task.shard)) {
    if (!hasTime()) {
      summary.left += 1;
      continue;
    }
    const done = await sendOne(mark, hour, taskTime(task, now()), dependencies).catch(() => trouble);
    if (!done) continue;
    summary[done.result] += 1;
    if (done.result === 'sent' && done.again) summary.again += 1;
  }
  return summary;
};
