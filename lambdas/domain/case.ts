import type { Change } from './amendment.ts';
import type { CoursePlace, Standing } from './course.ts';
import type { Translated } from './language.ts';
import type { Status } from './status.ts';

/** Random, url-safe, 22 characters; a person's or an organisation's folder. Never derived from an identity code. */
export type OwnerId = string;
/** The human being who acts; equals the owner in a person's own folder. */
export type PersonId = string;
/** `HEL-2026-000123`; never an authorisation. */
export type CaseNumber = string;
/** Milliseconds since 1970-01-01 UTC. */
export type EpochMs = number;

/** What the folder lists: kept small, 25 of them are one cheap Query. No personal content. */
export interface CaseHeader {
  readonly caseNumber: CaseNumber;
  readonly owner: OwnerId;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly status: Status;
  readonly submittedAt: EpochMs;
  /** Anything happened. */
  readonly updatedAt: EpochMs;
  /** Something the citizen should see happened; only this makes *Uusi* (R7.4). */
  readonly contentUpdatedAt: EpochMs;
  /** Who caused contentUpdatedAt, when it was a citizen: one's own acts are never new to oneself. */
  readonly contentUpdatedBy?: PersonId;
  /** The newest of what anybody but `contentUpdatedBy` did: a reply does not hide what its writer has not seen. */
  readonly othersUpdatedAt?: EpochMs;
  /** A person's own folder only; an organisation's marks are kept per person. */
  readonly seenAt?: EpochMs;
  /** When the folder's own person opened what they have seen up to `seenAt`. */
  readonly openedAt?: EpochMs;
  /** Officials' messages since it was opened last; in an organisation's folder all of them. */
  readonly letters?: number;
  /** Its messages are in another service, health care's own: none is ever written here (R7.8). */
  readonly messagesElsewhere?: true;
  /** Sequence number of the newest event; gapless from 1; also the department's ETag. */
  readonly revision: number;
  /** A registration for a course (R6.6): its place in the queue. */
  readonly place?: CoursePlace;
  /** What happened last, and whose doing it was; absent while that is the sending. */
  readonly newest?: NewestEvent;
  /** Something is asked of the citizen and has not come yet. */
  readonly waitsFor?: AskedFor;
}

export interface NewestEvent {
  readonly type: EventBody['type'];
  readonly by: Actor['kind'];
}

export interface AskedFor {
  /** The soonest day by which something is needed, `2026-12-24`; absent where no day was named. */
  readonly dueDate?: string;
}

export interface CaseAttachment {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  readonly type: string;
  /** uploaded → checked → received by the department; or taken away because of what it was. */
  readonly state: 'uploaded' | 'checked' | 'received' | 'refused';
  /** Why it was taken away: malware, a content that is not what its name says, or one that nobody can check (a password). */
  readonly why?: 'infected' | 'wrong-type' | 'unreadable';
  /** Id of the draft it came with, where that is not the one the case was sent from: the draft of a change. */
  readonly draft?: string;
}

/** Whose matter it is, as identified when it was sent. Personal. */
export interface Applicant {
  readonly kind: 'person' | 'organisation';
  /** The human being's name: the person's own, or the organisation's representative's. */
  readonly name: string;
  /** Absent for those who identify from abroad (eIDAS). */
  readonly identityCode?: string;
  readonly organisation?: { readonly name: string; readonly businessId: string };
}

/** What was sent: sealed at rest, unchanged for ever. */
export interface CaseContent {
  readonly applicant: Applicant;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Patterns of the answers that only helped to fill the form in, and are no department's (`forms/helpers.ts`). */
  readonly helpers?: readonly string[];
  readonly language: 'fi' | 'sv' | 'en';
  readonly attachments: readonly CaseAttachment[];
  /** Random, base64url: goes into the content's hash (`receipt.ts`). Absent from what was sent before there were receipts. */
  readonly salt?: string;
}

/** How a decision is appealed against. */
export interface Appeal {
  /** Plain text. */
  readonly instructions?: Translated;
  /** https only. */
  readonly url?: string;
  /** The last day for it: a calendar date, `2026-12-24`. */
  readonly dueDate?: string;
}

/** What a case says since its sender has changed it. */
export interface AmendedContent
  extends Pick<CaseContent, 'answers' | 'helpers' | 'language' | 'attachments'> {
  /** Of the form as it was filled in then. */
  readonly formVersion: string;
}

export type EventBody =
  | {
      readonly type: 'submitted';
      /** Hex; of what was sent (`receipt.ts`). */
      readonly contentSha256?: string;
      /** How the registration for a course stood when it was sent. */
      readonly place?: Standing;
    }
  /** Somebody before has left the course: there is a place now. */
  | { readonly type: 'place' }
  | { readonly type: 'status'; readonly status: Status; readonly label?: Translated }
  | {
      readonly type: 'message';
      readonly text: string;
      /** Files that were handed over with it; whose they are and how they fare, the case's attachments say. */
      readonly attachments?: readonly Pick<CaseAttachment, 'id' | 'name'>[];
    }
  /** The department has ended the conversation; its next message begins a new one. */
  | { readonly type: 'conversation-closed' }
  | { readonly type: 'decision'; readonly title: Translated; readonly text: string; readonly appeal?: Appeal }
  /** `dueDate` is a calendar date, `2026-12-24`. */
  | { readonly type: 'request'; readonly text: string; readonly dueDate?: string }
  /** Its sender has changed what they sent, where the service allows it. */
  | {
      readonly type: 'amendment';
      readonly formVersion: string;
      readonly changes: readonly Change[];
      /** What departments are told in their place, where some of the answers are not for them. */
      readonly handedOver?: readonly Change[];
    }
  /** A file the citizen added to the sent case, once it was checked (R7.6). */
  | { readonly type: 'attachment'; readonly attachment: Omit<CaseAttachment, 'state' | 'why'> }
  /** A file of the case that was taken away. */
  | {
      readonly type: 'attachment-refused';
      readonly attachment: Pick<CaseAttachment, 'id' | 'name'>;
      readonly why: NonNullable<CaseAttachment['why']>;
    };

export type Actor =
  /** `name` of the human being, kept where an organisation's folder has several. */
  | { readonly kind: 'citizen'; readonly person: PersonId; readonly name?: string }
  | { readonly kind: 'department'; readonly client: string }
  /** Nobody's act: what the portal itself found. */
  | { readonly kind: 'portal' };

/** One entry of a case's append-only list. */
export type CaseEvent = EventBody & {
  readonly id: string;
  readonly sequence: number;
  readonly at: EpochMs;
  readonly actor: Actor;
  /** When the citizen first opened what an official wrote: a read receipt, and a decision's *tiedoksisaanti*. */
  readonly readAt?: EpochMs;
};

export interface Case {
  readonly header: CaseHeader;
  readonly content: CaseContent;
  readonly events: readonly CaseEvent[];
}
