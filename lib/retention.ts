import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How long what is about use, not about matters, is kept: one figure, so that no log outlives the privacy notice. */
export const logRetention = RetentionDays.THREE_MONTHS;
export const accessLogRetention = Duration.days(90);
/** How long what failed waits for somebody to look at it: the longest a queue can. */
export const deadLetterRetention = Duration.days(14);

/** How far back what was lost or deleted can be fetched again, in tables and buckets alike; then it is gone for good. */
export const backupRetention = Duration.days(35);
