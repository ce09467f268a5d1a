/** Drafts of forms. */
import type { CaseAttachment, EpochMs } from '../../domain/case.ts';
import type { Language } from '../../domain/language.ts';

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
