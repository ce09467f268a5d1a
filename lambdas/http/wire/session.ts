/** Sessions, and for whom one acts. */
import type { Mandate } from '../../domain/mandate.ts';

/** `GET session`: 200 for everybody; never counts as use. */
export type SessionAnswer =
  | { readonly signedIn: false; readonly ended?: 'idle' | 'absolute' | 'signed-out' }
  | {
      readonly signedIn: true;
      readonly kind: 'person' | 'organisation';
      /** The human being's name, as the population register has it. */
      readonly name: string;
      readonly organisation?: { readonly name: string; readonly businessId: string };
      /** What the organisation's mandate covers, in the register's codes. */
      readonly roles?: readonly string[];
      /** The mandate has ended: nothing of the organisation's is shown. */
      readonly mandateLost?: true;
      /** False until consent has been given and contact details are stored (R4.1). */
      readonly registered: boolean;
      readonly method: string;
      readonly idleSecondsLeft: number;
      readonly absoluteSecondsLeft: number;
    };

/** `GET mandate`: for whom one acts, and for whom one could. */
export interface MandateAnswer {
  /** The human being's name. */
  readonly name: string;
  /** Absent where one acts for oneself. */
  readonly organisation?: { readonly name: string; readonly businessId: string };
  readonly mandateLost?: true;
  readonly registered: boolean;
  /** As the register said last; empty before it was asked. */
  readonly mandates: readonly Mandate[];
  /** The register can be asked: it knows people by their identity codes. */
  readonly canAsk: boolean;
}

/** `PUT mandate`: for whom to act from now on; null is oneself. Answers `MandateAnswer`. */
export interface MandateRequest {
  readonly organisation: string | null;
}
