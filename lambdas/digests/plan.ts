import type { EpochMs } from '../domain/case.ts';
import { type DigestTask, isDigestHour, shards } from '../domain/digest.ts';

export interface PlanDependencies {
  readonly hand: (task: DigestTask) => Promise<void>;
  readonly now: () => EpochMs;
}

/** What the schedule hands over: its own hour, ISO 8601. */
export interface PlanEvent {
  readonly at: string;
}

/** Spreads an hour's digests over the shards; outside 9 to 20 nothing, whoever asks (R9.2). */
export const planDigests = async (
  event: PlanEvent,
  { hand, now }: PlanDependencies,
): Promise<{ readonly planned: number }> => {
  const at = Date.parse(event.at);
  if (Number.isNaN(at)) throw new TypeError('the event names no time');
  if (!isDigestHour(at)) return { planned: 0 };
  const plannedAt = now();
  await Promise.all(shards.map(shard => hand({ shard, at, plannedAt })));
  return { planned: shards.length };
};
