/** Taking one’s data along, and having them deleted. */
import type { EpochMs } from '../../domain/case.ts';
import type { Language } from '../../domain/language.ts';
import type { Held, Kept } from '../../domain/my-data.ts';
import type { ReadingAnswer, SignInAnswer } from './access-log.ts';
import type { CaseAnswer } from './cases.ts';
import type { DraftAnswer } from './drafts.ts';
import type { ProfileAnswer } from './profile.ts';

/** `GET profile/export`: everything the portal keeps of a person, with nothing that only it knows the meaning of. */
export interface MyDataAnswer {
  readonly collectedAt: EpochMs;
  readonly profile?: Omit<ProfileAnswer, 'registered'> & {
    readonly consent: { readonly version: string; readonly language: Language; readonly at: EpochMs };
  };
  readonly cases: readonly CaseAnswer[];
  readonly drafts: readonly DraftAnswer[];
  /** Forms that were sent and never stored (R6.7): that they were sent, for 90 days. */
  readonly receipts: readonly {
    readonly caseNumber: string;
    readonly service: string;
    readonly form: string;
    readonly formVersion: string;
    readonly submittedAt: EpochMs;
    readonly contentSha256: string;
  }[];
  /** Consent forms sent (R6.8). */
  readonly consents: readonly { readonly form: string; readonly at: EpochMs }[];
  /** Digests sent, by their hour, ISO 8601. */
  readonly notifications: readonly { readonly hour: string }[];
  /** Who has looked at the cases, newest first. */
  readonly readings: readonly ReadingAnswer[];
  /** Where older ones are read, when there are more than the newest two thousand. */
  readonly olderReadings?: string;
  readonly signIns: readonly SignInAnswer[];
  readonly olderSignIns?: string;
}

/** `DELETE profile?dryRun=`: what goes, or with `dryRun=true` would go, and what the law keeps. */
export interface RemovalAnswer {
  readonly dryRun: boolean;
  readonly deletes: readonly { readonly what: Held; readonly count: number }[];
  readonly keeps: readonly Kept[];
}
