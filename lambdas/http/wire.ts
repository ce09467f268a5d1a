/** What the API answers and takes, as JSON: shared by the handlers and, as types only, by `web/`. */
import type { LookedAt, Looker } from '../domain/access-log.ts';
import type { Actor, AskedFor, CaseAttachment, EpochMs, EventBody, NewestEvent } from '../domain/case.ts';
import type { ContactField } from '../domain/contact-change.ts';
import type { CourseState, Standing } from '../domain/course.ts';
import type { Language, Translated } from '../domain/language.ts';
import type { Mandate } from '../domain/mandate.ts';
import type { Held, Kept } from '../domain/my-data.ts';
import type { Notice } from '../domain/notice.ts';
import type { FieldError } from '../domain/refusal.ts';
import type { Status } from '../domain/status.ts';

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly errors?: readonly FieldError[];
  readonly [extension: string]: unknown;
}

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

export type Channel = 'email' | 'sms';

/** `GET profile`. */
export interface ProfileAnswer {
  /** False before registration, and while the wording of the consent in force has not been agreed to. */
  readonly registered: boolean;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  /** A person's own; absent for an eIDAS user and in an organisation's folder. */
  readonly identityCode?: string;
  readonly businessId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly channel?: Channel;
  readonly language?: Language;
  readonly revision: number;
  /** Addresses in use that no code has confirmed yet. */
  readonly unconfirmed?: readonly ContactField[];
  /** Addresses given since; each is used once its code has come back. */
  readonly wanted?: Readonly<Partial<Record<ContactField, string>>>;
  /** Taken away, and used still until what is wanted in its place is confirmed. */
  readonly leaving?: ContactField;
  /** What became of the codes that this very request had sent. */
  readonly codes?: Readonly<Partial<Record<ContactField, CodeOutcome>>>;
}

export type CodeOutcome = 'sent' | 'failed' | 'too-many';

/** `POST profile/codes`: a code to the address that is wanted, or else to the unconfirmed one in use; answers `ProfileAnswer`. */
export interface CodeRequest {
  readonly field: ContactField;
}

/** `POST profile/confirmations`: the code that came; answers `ProfileAnswer`. */
export interface ConfirmationRequest extends CodeRequest {
  readonly code: string;
}

/** `PUT profile`; `consent` is needed the first time and when its wording has changed. `revision` is the one that was read (0 before registration). */
export interface ProfileRequest {
  readonly email?: string;
  readonly phone?: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly revision: number;
  readonly consent?: { readonly version: string; readonly language: Language };
}

export interface DraftSummary {
  readonly id: string;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly revision: number;
}

/** `GET drafts/{id}`; the ETag is the revision in quotation marks. */
export interface DraftAnswer extends DraftSummary {
  readonly language: Language;
  /** Index of the page the person was on, from 0; their number where the answers were being checked. */
  readonly page: number;
  /** JSON pointer of the field they were at. */
  readonly field?: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly attachments: readonly CaseAttachment[];
  /** The saving it came by. */
  readonly saving?: DraftRequest['saving'];
}

/** `GET drafts/key`: what the owner's browsers encrypt unsaved drafts with. */
export interface DraftKeyAnswer {
  /** 256 bits, base64. */
  readonly key: string;
}

/** `PUT drafts/{id}` with `If-None-Match: *` the first time and `If-Match` after; answers `DraftSummary`. */
export interface DraftRequest {
  readonly form: string;
  readonly formVersion: string;
  readonly language: Language;
  readonly page: number;
  readonly field?: string | undefined;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Which window saves, and its how manieth saving this is: a window may save over what it saved itself, answered or not. */
  readonly saving?: { readonly by: string; readonly number: number } | undefined;
}

/** `POST drafts/{id}/attachments`. */
export interface AttachmentRequest {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  /** Hex. */
  readonly sha256: string;
  /** JSON pointer of the field it belongs to. */
  readonly field: string;
}

/** 201: where to send the file, as a multipart form: the fields first, `file` last. */
export interface AttachmentAnswer {
  readonly attachment: CaseAttachment;
  readonly upload: { readonly url: string; readonly fields: Readonly<Record<string, string>> };
}

/** `GET drafts/{id}/attachments`: how far each file is. */
export interface AttachmentStates {
  readonly items: readonly Pick<CaseAttachment, 'id' | 'state' | 'why'>[];
}

/** `POST cases/{caseNumber}/attachments`: answered with `AttachmentAnswer`; `PUT …/{attachment}` hands the file over. */
export type CaseAttachmentRequest = Omit<AttachmentRequest, 'field'>;

/** `GET cases/{caseNumber}/attachments`: `staged` ones have not been handed over yet. */
export interface CaseAttachmentsAnswer {
  readonly items: readonly (CaseAttachment & { readonly staged?: true })[];
  /** Files can be added now. */
  readonly canAttach: boolean;
}

/** `POST cases`; the Idempotency-Key header is the draft's id. 201 `SubmissionAnswer`, the same one however often. */
export interface SubmissionRequest extends Omit<DraftRequest, 'page' | 'field' | 'saving'> {}

export interface SubmissionAnswer {
  readonly caseNumber: string;
  /** False for a form that is never stored (R6.7): there is nothing in the folder to follow. */
  readonly stored: boolean;
  /** A registration for a course (R6.6): a place where `rank` is within `places`, else the waiting list. */
  readonly place?: Standing;
}

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

/** `GET cases` and `GET drafts`. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
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
  /** An official has started, and neither the case nor the conversation is closed (R8.1). */
  readonly canReply: boolean;
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

/** One of the portal's own services, as `GET services` lists it. */
export interface ServiceSummary {
  readonly id: string;
  readonly name: Translated;
  readonly form?: string;
  readonly applicants: readonly ('person' | 'organisation')[];
  /** False: never stored in the folder (R6.7). */
  readonly stored: boolean;
}

/** `GET bulletins`: what departments announce now (R5.3), the newest first. The same for everybody. */
export interface BulletinAnswer {
  /** Its department's name for it; two departments may have the same. */
  readonly id: string;
  /** Plain text. */
  readonly text: Translated;
  readonly from: EpochMs;
  readonly until: EpochMs;
}

/** `GET popular-services` (R5.4): the most popular first. */
export interface PopularService {
  readonly id: string;
  readonly name: Translated;
  /** The language each name is really in: a service of the register may lack some. */
  readonly writtenIn: Readonly<Record<Language, Language>>;
  /** Empty where the register does not know. */
  readonly applicants: readonly ('person' | 'organisation')[];
}
