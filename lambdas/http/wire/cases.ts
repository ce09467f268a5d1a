/** Sending, the folder, and what happens in a case. */
import type { Actor, AskedFor, CaseAttachment, EpochMs, EventBody, NewestEvent } from '../../domain/case.ts';
import type { CourseState, Standing } from '../../domain/course.ts';
import type { Language } from '../../domain/language.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Status } from '../../domain/status.ts';
import type { DraftRequest } from './drafts.ts';

/** `POST cases`; the Idempotency-Key header is the draft's id. 201 `SubmissionAnswer`, the same one however often. */
export interface SubmissionRequest extends Omit<DraftRequest, 'page' | 'field' | 'saving'> {}

export interface SubmissionAnswer {
  readonly caseNumber: string;
  /** False for a form that is never stored (R6.7): there is nothing in the folder to follow. */
  readonly stored: boolean;
  /** A registration for a course (R6.6): a place where `rank` is within `places`, else the waiting list. */
  readonly place?: Standing;
}

export interface CaseSummary {
  readonly caseNumber: string;
  readonly service: string;
  readonly form: string;
  readonly status: Status;
  readonly submittedAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** The yellow *Uusi*. */
  readonly isNew: boolean;
  /** Officials' messages that this person has not opened. */
  readonly unreadMessages: number;
  /** What happened last, and whose doing it was; absent while that is the sending. */
  readonly newest?: NewestEvent;
  /** Something is asked of the citizen and has not come yet. */
  readonly waitsFor?: AskedFor;
}

export type CitizenEvent = EventBody & {
  readonly id: string;
  readonly sequence: number;
  readonly at: EpochMs;
  readonly by: Actor['kind'];
  /** Who of an organisation's people it was. */
  readonly byName?: string;
  /** When what an official wrote was first opened; with a decision its *tiedoksisaanti*. */
  readonly readAt?: EpochMs;
};

/** `GET cases/{caseNumber}`. */
export interface CaseAnswer extends CaseSummary {
  readonly formVersion: string;
  readonly revision: number;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly language: Language;
  readonly attachments: readonly CaseAttachment[];
  /** Files can be added to it now (R7.6). */
  readonly canAttach: boolean;
  readonly events: readonly CitizenEvent[];
  /** E-mails and text messages that told of news in it, and what became of them. */
  readonly notifications: readonly Notice[];
  /** An official has started, neither the case nor the conversation is closed (R8.1), and this person may answer. */
  readonly canReply: boolean;
  /** Colleagues may, who have one of these roles. */
  readonly rolesToReply?: readonly string[];
  /** An answer of this person's that is not finished. */
  readonly replyDraft?: string;
  /** Its messages are in health care's own service (R7.8). */
  readonly messagesElsewhere?: true;
  /** Its sender may withdraw it now. */
  readonly canWithdraw: boolean;
  /** Its sender may change what they sent: id of the draft to do it in. */
  readonly amendmentDraft?: string;
  /** A registration for a course (R6.6); `position` in the waiting list, from 1. */
  readonly course?: { readonly state: CourseState; readonly position?: number; readonly canLeave: boolean };
}

/** `PUT cases/{caseNumber}/seen` takes the revision that was on the screen; 204. */
export interface SeenRequest {
  readonly revision: number;
}

/** `POST cases/{caseNumber}/messages` with an Idempotency-Key; 201. */
export interface MessageRequest {
  readonly text: string;
  /** Ids of files uploaded for the case: they are handed over with the answer. */
  readonly attachments?: readonly string[];
}

/** `PUT cases/{caseNumber}/messages/draft`: an answer that is not finished; an empty text removes it. 204. */
export interface ReplyDraftRequest {
  readonly text: string;
}
