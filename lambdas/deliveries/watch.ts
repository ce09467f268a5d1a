import type { EpochMs } from '../domain/case.ts';
import type { Deliveries } from '../storage/deliveries.ts';

export interface WatchDependencies {
  readonly list: Deliveries['list'];
  readonly registeredServices: () => Promise<readonly string[]>;
}

export interface Waiting {
  /** How long the oldest unacknowledged delivery has waited, in hours; 0 where none waits. */
  readonly oldestHours: number;
  /** Services that have not fetched theirs. */
  readonly services: number;
}

const hourMs = 60 * 60 * 1000;

/** Looks how long forms that are never stored (R6.7) have waited for their department. */
export const watchDeliveries = async (
  now: EpochMs,
  { list, registeredServices }: WatchDependencies,
): Promise<Waiting> => {
  const services = await registeredServices();
  const oldest = await Promise.all(services.map(async service => (await list(service, undefined, 1))[0]));
  const waiting = oldest.filter(found => found !== undefined);
  const first = Math.min(now, ...waiting.map(({ submittedAt }) => submittedAt));
  return { oldestHours: (now - first) / hourMs, services: waiting.length };
};

/** The metric an alarm goes by; named here and in `lib/features/deliveries.ts` only. */
export const waitingMetric = { namespace: 'Asiointi', name: 'OldestDeliveryHours' } as const;

/** CloudWatch's embedded metric format: a line of the log that is a metric. */
export const metricLine = ({ oldestHours, services }: Waiting, at: EpochMs): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        { Namespace: waitingMetric.namespace, Dimensions: [[]], Metrics: [{ Name: waitingMetric.name }] },
      ],
    },
    [waitingMetric.name]: oldestHours,
    services,
  });
