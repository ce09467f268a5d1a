/** What is to be known before a form is filled in. */
import type { EpochMs } from '../../domain/case.ts';

/** `GET forms/{id}/places`: public, counts only. */
export interface PlacesAnswer {
  readonly places: number;
  readonly free: number;
  /** How many may wait, and how many do. */
  readonly waitingList: number;
  readonly waiting: number;
}

/** `GET consents/{form}`: whether the consent form has been sent (R6.8), and when last. */
export interface ConsentAnswer {
  readonly given: boolean;
  readonly at?: EpochMs;
}
