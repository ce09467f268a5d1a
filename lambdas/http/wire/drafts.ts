/** Drafts of forms. */
import type { CaseAttachment } from '../../domain/case.ts';
import type { DraftContent, DraftHeader, Saving } from '../../domain/draft.ts';

/** One of `GET drafts`. */
export interface DraftSummary extends DraftHeader {}

/**
 * `GET drafts/{id}`; the ETag is the revision in quotation marks. Of one that was sent, the problem `draft-sent` (404) has
 * what was answered then as `sent`.
 */
export interface DraftAnswer extends DraftSummary, DraftContent {
  readonly attachments: readonly CaseAttachment[];
  /** The saving it came by. */
  readonly saving?: Saving | undefined;
}

/** `GET drafts/key`: what the owner's browsers encrypt unsaved drafts with. */
export interface DraftKeyAnswer {
  /** 256 bits, base64. */
  readonly key: string;
}

/** `PUT drafts/{id}` with `If-None-Match: *` the first time and `If-Match` after; answers `DraftSummary`. */
export interface DraftRequest extends DraftContent {
  readonly form: string;
  readonly formVersion: string;
  readonly saving?: Saving | undefined;
}
