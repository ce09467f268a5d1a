/** Who has looked, and who has signed in. */
import type { LookedAt, Looker } from '../../domain/access-log.ts';
import type { EpochMs } from '../../domain/case.ts';

/** `GET readings` and `GET cases/{caseNumber}/readings`: that somebody has looked at a case, the newest first. */
export interface ReadingAnswer {
  readonly at: EpochMs;
  /** Absent where everything was read. */
  readonly caseNumber?: string;
  /** A department or the city's profile system by its name, or a human being for the organisation whose folder it is. */
  readonly by: { readonly kind: Looker['kind']; readonly name: string };
  readonly what: LookedAt;
  /** Name of the attachment. */
  readonly file?: string;
  /** Why, as the department's system said. */
  readonly purpose?: string;
}

/** `GET sign-ins`, the newest first. */
export interface SignInAnswer {
  readonly at: EpochMs;
  /** The human being's. */
  readonly name: string;
  readonly method: string;
  /** Name of the organisation acted for. */
  readonly organisation?: string;
}
