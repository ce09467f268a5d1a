/** Files on their way to a draft or a case. */
import type { CaseAttachment } from '../../domain/case.ts';

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
