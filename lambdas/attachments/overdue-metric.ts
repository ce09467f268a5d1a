import type { EpochMs } from '../domain/case.ts';
import type { CareSummary } from './care.ts';

/** The metric an alarm goes by; named here and in `lib/features/attachments.ts` only. */
export const overdueMetric = { namespace: 'Asiointi', name: 'OverdueAttachments' } as const;

/** CloudWatch's embedded metric format: a line of the log that is a metric. */
export const metricLine = (summary: CareSummary, at: EpochMs): string =>
  JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        { Namespace: overdueMetric.namespace, Dimensions: [[]], Metrics: [{ Name: overdueMetric.name }] },
      ],
    },
    [overdueMetric.name]: summary.overdue,
    ...summary,
  });
