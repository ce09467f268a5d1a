/** What is sent, and what is left of it where it was a draft. */
import type { Applicant, CaseContent, CaseNumber, EpochMs, OwnerId, PersonId } from '../domain/case.ts';
import type { Standing } from '../domain/course.ts';
import type { Course } from '../domain/forms/types.ts';
import type { Language, Translated } from '../domain/language.ts';
import type { Status } from '../domain/status.ts';

export interface Sent {
  readonly owner: OwnerId;
  readonly person: PersonId;
  /** The draft's id: however often it is sent, one case comes of it. */
  readonly draft: string;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  /** Tells one content from another: a draft is sent once, and never again with something else. */
  readonly digest: string;
  readonly at: EpochMs;
  /** When the session began in which it is sent. */
  readonly signedInAt: EpochMs;
  /** It is a consent form: that it was sent is written down (R6.8). */
  readonly consent?: true;
}

export interface Submission extends Sent {
  readonly title: Translated;
  readonly content: CaseContent;
  /** The service takes files for sent cases (R7.6). */
  readonly attachable?: boolean;
  /** Statuses in which it can be withdrawn, and those in which it can be changed. */
  readonly withdrawal?: readonly Status[];
  readonly amendment?: readonly Status[];
  /** What an organisation's representative needs one of, now and in the case. */
  readonly roles?: readonly string[];
  /** Its messages are in another service (R7.8). */
  readonly messagesElsewhere?: true;
  /** It registers for this course (R6.6). */
  readonly course?: Course;
}

/** A form that is never stored in the folder (R6.7). */
export interface DeliverySubmission extends Sent {
  readonly applicant: Applicant;
  readonly language: Language;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly salt?: string;
}

/** What is left of a draft that was sent: no answers, only that it was. */
export interface Receipt {
  readonly caseNumber: CaseNumber;
  readonly stored: boolean;
  /** How a registration for a course stood when it was sent. */
  readonly place?: Standing;
}
