import type { CaseNumber, EpochMs, OwnerId, PersonId } from './case.ts';
import type { Session } from './session.ts';

/**
 * Who looks into a folder that is not their own: a department's system, the city's profile system in the person's name, or
 * a human being for an organisation.
 */
export type Looker =
  | { readonly kind: 'profile-system'; readonly name: string }
  | { readonly kind: 'department'; readonly client: string; readonly name: string }
  | { readonly kind: 'representative'; readonly person: PersonId; readonly name: string };

/** What of a case was looked at; `everything` is the whole folder and what else is kept of its person. */
export const lookedAt = ['case', 'attachment', 'receipt', 'bundle', 'everything'] as const;
export type LookedAt = (typeof lookedAt)[number];

/** That somebody has read a case, or everything: written down before they are answered, and never changed. */
export interface Reading {
  readonly at: EpochMs;
  /** Whose it is. */
  readonly owner: OwnerId;
  /** Absent where it was everything. */
  readonly caseNumber?: CaseNumber;
  readonly by: Looker;
  readonly what: LookedAt;
  /** Name of the attachment. */
  readonly file?: string;
  /** Why, in the words of the department's system (`X-Purpose`). */
  readonly purpose?: string;
}

/** That somebody has signed in. */
export interface SignInRecord {
  readonly at: EpochMs;
  /** Whose folder it opened. */
  readonly owner: OwnerId;
  readonly person: PersonId;
  /** The human being's. */
  readonly name: string;
  /** How they identified, in the provider's word. */
  readonly method: string;
  /** Name of the organisation acted for. */
  readonly organisation?: string;
}

/** How a session began, for the log. */
export const signInOf = ({
  owner,
  person,
  method,
  startedAt: at,
  identity: { name, organisation },
}: Pick<Session, 'owner' | 'person' | 'method' | 'startedAt' | 'identity'>): SignInRecord => ({
  ...{ at, owner, person, name, method },
  ...(organisation && { organisation: organisation.name }),
});

/** Entries are kept so long, then they go. */
export const keptYears = 5;

/** The same day and hour five years on; the 29th of February ends with the 1st of March. */
export const keptUntil = (at: EpochMs): EpochMs => {
  const end = new Date(at);
  return end.setUTCFullYear(end.getUTCFullYear() + keptYears);
};

/** What somebody has read themselves is not told to them: who is logged does not read the log of it. */
export const isOthers = ({ by }: Pick<Reading, 'by'>, person: PersonId): boolean =>
  by.kind !== 'representative' || by.person !== person;
