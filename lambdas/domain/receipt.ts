/** What a receipt says and how it can be checked (R6.4): pure, so that portal and checker build the same thing. */
import type { Applicant, CaseAttachment, CaseContent, CaseNumber, EpochMs } from './case.ts';
import { withoutHelpers } from './forms/helpers.ts';
import type { Language } from './language.ts';

/** All that was handed over, whole. A receipt's sha256 is of its canonical JSON (`canonical.ts`) in UTF-8. */
export interface SentDocument {
  readonly caseNumber: CaseNumber;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  /** ISO 8601, UTC. */
  readonly submittedAt: string;
  readonly language: Language;
  readonly applicant: Applicant;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly attachments: readonly Pick<CaseAttachment, 'name' | 'size' | 'sha256' | 'type'>[];
  /** Random: without it the hash of a form with few possible answers would tell which were given. */
  readonly salt?: string;
}

export interface Sending {
  readonly caseNumber: CaseNumber;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly submittedAt: EpochMs;
}

/**
 * An organisation's case is everybody's who acts for it: a colleague's identity code is no part of what they can take
 * along. The department is told it beside the content.
 */
const attested = (applicant: Applicant): Applicant => {
  const { identityCode: _code, ...others } = applicant;
  return applicant.organisation ? others : applicant;
};

type Content = Omit<CaseContent, 'attachments'> & { readonly attachments?: CaseContent['attachments'] };

export const sentDocument = (sending: Sending, content: Content): SentDocument => ({
  caseNumber: sending.caseNumber,
  service: sending.service,
  form: sending.form,
  formVersion: sending.formVersion,
  submittedAt: new Date(sending.submittedAt).toISOString(),
  language: content.language,
  applicant: attested(content.applicant),
  answers: withoutHelpers(content.answers, content.helpers),
  // How far a file is by now is no part of what was sent, nor is its name inside the portal.
  attachments: (content.attachments ?? []).map(({ name, size, sha256, type }) => ({
    name,
    size,
    sha256,
    type,
  })),
  ...(content.salt !== undefined && { salt: content.salt }),
});

/** `typ` of the signature's header (RFC 7515, section 4.1.9): no token of ours can be taken for a receipt. */
export const receiptType = 'asiointi-receipt+jws';

/** What the portal signs: that this content arrived at that time under that number. Nothing of the answers is in it. */
export interface ReceiptStatement {
  /** The portal's address; its keys are at `<iss>/.well-known/jwks.json`. */
  readonly iss: string;
  /** Epoch seconds of the signature, not of the sending. */
  readonly iat: number;
  readonly caseNumber: CaseNumber;
  readonly service: string;
  readonly form: string;
  readonly formVersion: string;
  readonly submittedAt: string;
  /** Hex; written down in the transaction that made the case. */
  readonly contentSha256: string;
  /** False: the content went to the department only (R6.7), and no receipt holds it. */
  readonly stored: boolean;
  /** Hex; of the printable page with its signature left out, where the receipt is one. */
  readonly pageSha256?: string;
  /** Hex, by name; of what lies beside the receipt in a case's bundle. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The receipt as a file for machines. */
export interface ReceiptFile {
  readonly receipt: string;
  /** What was sent; absent where nothing was stored. */
  readonly content?: SentDocument;
}

/** The two files of a bundle that its receipt's signature does not name: itself, and the list for `sha256sum`. */
export const bundleFiles = { receipt: 'receipt.json', sums: 'SHA256SUMS' } as const;

/** Where the signature stands in the printable page: its hash is taken with nothing between the two. */
export const signatureMarks = { begin: '<pre id="receipt-signature">', end: '</pre>' } as const;

/** Where the content stands in the printable page, as base64 of its canonical JSON. */
export const contentMarks = { begin: '<pre id="receipt-content" hidden>', end: '</pre>' } as const;

/** The text between two marks; undefined where they are not there exactly once. */
export const between = (
  page: string,
  { begin, end }: { readonly begin: string; readonly end: string },
): string | undefined => {
  const parts = page.split(begin);
  if (parts.length !== 2) return undefined;
  const stop = (parts[1] as string).indexOf(end);
  return stop < 0 ? undefined : (parts[1] as string).slice(0, stop);
};

/** The page with nothing where its signature stands. */
export const withoutSignature = (page: string): string | undefined => {
  const signature = between(page, signatureMarks);
  return signature === undefined
    ? undefined
    : page.replace(signatureMarks.begin + signature, signatureMarks.begin);
};
