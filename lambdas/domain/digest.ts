import type { CaseNumber, EpochMs, OwnerId } from './case.ts';
import { finnishHour } from './finnish-time.ts';

/** First and last hour of the day at which digests go out (R9.2). */
export const firstDigestHour = 9;
export const lastDigestHour = 20;

const hourMs = 60 * 60 * 1000;

/** After this long without an answer, a digest that may or may not have gone out is sent again. */
export const staleMs = 30 * 60 * 1000;

/** Whether a digest may be sent at this instant: 9 to 20 inclusive in Finland, all year. */
export const isDigestHour = (at: EpochMs): boolean => {
  const hour = finnishHour(at);
  return hour >= firstDigestHour && hour <= lastDigestHour;
};

/** The whole hour an instant belongs to, ISO 8601 in UTC: one digest a person in each. */
export const digestHour = (at: EpochMs): string => new Date(Math.floor(at / hourMs) * hourMs).toISOString();

export const shardCount = 16;

/** `07`. Always the same for an owner, or a digest would wait where nobody looks. FNV-1a. */
export const shardOf = (owner: OwnerId): string => {
  let hash = 0x811c9dc5;
  for (const character of owner) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return shardName(hash % shardCount);
};

const shardName = (shard: number): string => String(shard).padStart(2, '0');

export const shards: readonly string[] = Array.from({ length: shardCount }, (_, shard) => shardName(shard));

/** That somebody is to be told. Waiting → sending → gone; what arrives while it is being sent waits anew. */
export interface DigestMark {
  readonly owner: OwnerId;
  readonly state: 'waiting' | 'sending';
  /** When the oldest of what waits happened. */
  readonly since: EpochMs;
  readonly claimedAt?: EpochMs;
  /** Cases in which something happened since the last claim. */
  readonly cases: readonly CaseNumber[];
  /** Cases the digest under way tells of. */
  readonly claimed: readonly CaseNumber[];
}

/**
 * `first`: nobody has tried. `again`: a sending that left no answer, taken up after 30 minutes; the person may
 * get it twice, which is counted apart. `no`: somebody is sending it now.
 */
export const claim = (mark: DigestMark, now: EpochMs): 'first' | 'again' | 'no' => {
  if (mark.state === 'waiting') return 'first';
  return now - (mark.claimedAt ?? 0) >= staleMs ? 'again' : 'no';
};

/**
 * `failed`: surely not sent, worth another try soon. `refused`: surely not sent, and would not be soon either.
 * `unknown`: no answer, so it may have been.
 */
export type Delivery = 'sent' | 'failed' | 'refused' | 'unknown';

/** One shard's share of an hour's digests. Times are epoch ms. */
export interface DigestTask {
  readonly shard: string;
  /** The hour of the schedule. */
  readonly at: EpochMs;
  /** When the work was handed out; the schedule's hour, but for a run by hand. */
  readonly plannedAt: EpochMs;
}

/** The time it is for a task: the schedule's own, gone on since it was handed out. */
export const taskTime = ({ at, plannedAt }: DigestTask, now: EpochMs): EpochMs =>
  at + Math.max(0, now - plannedAt);

/** A task that lay in the queue until the next run is over: that run sees everything that waits. */
export const isDue = (task: DigestTask, now: EpochMs): boolean => {
  const time = taskTime(task, now);
  return isDigestHour(time) && time - task.at < hourMs;
};
