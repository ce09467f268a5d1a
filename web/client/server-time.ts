/** The server's time, which forms go by: this device's clock may say anything. */
import type { EpochMs } from '../../lambdas/domain/case.ts';

let ahead = 0;

/** It is `now` there, just now. */
export const learnTime = (now: EpochMs): void => {
  ahead = now - Date.now();
};

export const serverTime = (): EpochMs => Date.now() + ahead;
