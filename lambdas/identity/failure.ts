/** Why an identification came to nothing, as the page that explains it is told: `?reason=`. */
export const failures = ['cancelled', 'expired', 'too-weak', 'clock', 'unavailable', 'failed'] as const;
export type Failure = (typeof failures)[number];

export const isFailure = (value: unknown): value is Failure => failures.includes(value as Failure);
