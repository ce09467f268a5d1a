/** Holds a receipt against the portal's published keys; for whoever has one, with nothing of the portal running. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { canonicalJson } from '../domain/canonical.ts';
import { type PublishedKey, readJws } from '../domain/jose.ts';
import {
  between,
  bundleFiles,
  contentMarks,
  type ReceiptFile,
  type ReceiptStatement,
  receiptType,
  type SentDocument,
  sentDocument,
  signatureMarks,
  withoutSignature,
} from '../domain/receipt.ts';

/** A receipt as it was found in a file; nothing of it has been checked. */
export interface FoundReceipt {
  readonly jws: string;
  readonly statement: ReceiptStatement;
  readonly kid: string;
  /** What was sent, as the bytes that were hashed and as they read. */
  readonly content?: { readonly canonical: string; readonly document: Partial<SentDocument> };
  /** The printable page with its signature left out. */
  readonly page?: string;
  /** Hex, by name; of what lies beside it in a bundle. */
  readonly beside?: Readonly<Record<string, string>>;
}

export interface Verdict {
  readonly signature: boolean;
  /** Undefined where the file does not hold the content: it was never stored, or is kept elsewhere. */
  readonly content: boolean | undefined;
  /** Undefined where the file is no printable page. */
  readonly page: boolean | undefined;
  /** Every file of the bundle, no more and no less; undefined where the file is no bundle. */
  readonly files: boolean | undefined;
  readonly number: boolean;
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

type Parts = Pick<FoundReceipt, 'jws' | 'content' | 'page'>;

const fromPage = (text: string): Parts | undefined => {
  const jws = between(text, signatureMarks);
  const page = withoutSignature(text);
  if (jws === undefined || page === undefined) return undefined;
  const content = between(text, contentMarks);
  if (content === undefined) return { jws, page };
  const canonical = Buffer.from(content, 'base64').toString('utf8');
  return { jws, page, content: { canonical, document: JSON.parse(canonical) } };
};

const fromFile = (text: string): Parts => {
  const { receipt, content } = JSON.parse(text) as ReceiptFile;
  return { jws: receipt, ...(content && { content: contentOf(content) }) };
};

/** What a department was handed: a case, or a delivery. */
interface Handed extends Omit<SentDocument, 'caseNumber' | 'form' | 'formVersion' | 'attachments'> {
  readonly caseNumber?: string;
  readonly id?: string;
  readonly form: { readonly id: string; readonly version: string };
  readonly attachments?: readonly (SentDocument['attachments'][number] & { readonly id?: string })[];
  /** What was sent first, where it has been changed since. */
  readonly sentAnswers?: SentDocument['answers'];
  readonly events?: readonly { readonly type: string; readonly attachment?: { readonly id?: string } }[];
}

/** Without what came to the case later: files that were added, and those of a change, which no first answer names. */
const sentFiles = ({ attachments = [], sentAnswers, events = [] }: Handed) => {
  const added = new Set(events.map(({ type, attachment }) => type === 'attachment' && attachment?.id));
  const named = sentAnswers && JSON.stringify(sentAnswers);
  return attachments.filter(
    ({ id }) => id === undefined || (!added.has(id) && (named === undefined || named.includes(id))),
  );
};

/**
 * The document as it was hashed, from what the department's API answers. A changed case names the form's version as it is
 * now: `formVersion` is the one the receipt says it was sent in.
 */
export const documentOf = (given: SentDocument | Handed, formVersion: string): SentDocument => {
  if (typeof given.form === 'string') return given as SentDocument;
  const { form, id = '', caseNumber = id, sentAnswers, ...handed } = given as Handed;
  const { service, submittedAt, language, applicant, answers, salt } = handed;
  const version = sentAnswers ? formVersion : form.version;
  const sending = { caseNumber, service, form: form.id, formVersion: version };
  const content = {
    language,
    applicant,
    answers: sentAnswers ?? answers,
    ...(salt !== undefined && { salt }),
  };
  const files = sentFiles(given as Handed).map(file => ({ ...file, id: '', state: 'checked' as const }));
  return sentDocument(
    { ...sending, submittedAt: Date.parse(submittedAt) },
    { ...content, attachments: files },
  );
};

/** A content that came by another way, as a department keeps it. */
export const contentOf = (document: SentDocument): NonNullable<FoundReceipt['content']> => ({
  canonical: canonicalJson(document),
  document,
});

const partsOf = (text: string): Parts | undefined => {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return fromFile(trimmed);
  return trimmed.startsWith('<') ? fromPage(text) : { jws: trimmed };
};

const isStatement = (payload: Partial<ReceiptStatement>): payload is ReceiptStatement =>
  [payload.iss, payload.caseNumber, payload.submittedAt, payload.contentSha256].every(
    value => typeof value === 'string',
  );

/** Finds the receipt in a file of ours, `.html`, `.json` or the bare signature; undefined where there is none. */
export const findReceipt = (text: string): FoundReceipt | undefined => {
  try {
    const parts = partsOf(text);
    const jws = parts && readJws<Partial<ReceiptStatement>>(parts.jws);
    if (!parts || !jws || !isStatement(jws.payload)) return undefined;
    return { ...parts, statement: jws.payload, kid: String(jws.header.kid) };
  } catch {
    return undefined;
  }
};

const plainName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The receipt of a case's bundle, with the hashes of what lies beside it; undefined where the zip is none of ours. */
export const findReceiptInZip = (zip: Uint8Array): FoundReceipt | undefined => {
  try {
    const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
    const files = new Map(entries.map(([path, bytes]) => [plainName(path), bytes]));
    const receipt = files.get(bundleFiles.receipt);
    const found = receipt && files.size === entries.length ? findReceipt(strFromU8(receipt)) : undefined;
    if (!found) return undefined;
    const unnamed: readonly string[] = Object.values(bundleFiles);
    const beside = [...files].filter(([name]) => !unnamed.includes(name));
    return {
      ...found,
      beside: Object.fromEntries(beside.map(([name, bytes]) => [name, sha256(bytes)])),
    };
  } catch {
    return undefined;
  }
};

const sameFiles = ({ statement: { files = {} }, beside }: FoundReceipt): boolean | undefined =>
  beside && canonicalJson(beside) === canonicalJson(files);

/** The algorithm is ours to say, never the file's. */
const isSigned = ({ jws, kid }: FoundReceipt, keys: readonly PublishedKey[]): boolean => {
  const read = readJws(jws);
  const key = keys.find(published => published.kid === kid);
  if (!read || !key || read.header.alg !== 'ES256' || read.header.typ !== receiptType) return false;
  const { kty, crv, x, y } = key;
  const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  return verify(
    'sha256',
    Buffer.from(read.input),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    read.signature,
  );
};

const numberShape = /^[A-Z]{2,5}-\d{4}-\d{6,}$/;

/** What is in the file must be of the number that was signed. */
const hasItsNumber = ({ statement: { caseNumber }, content }: FoundReceipt): boolean =>
  numberShape.test(caseNumber) && (content === undefined || content.document.caseNumber === caseNumber);

export const checkReceipt = (found: FoundReceipt, keys: readonly PublishedKey[]): Verdict => ({
  signature: isSigned(found, keys),
  content: found.content && sha256(found.content.canonical) === found.statement.contentSha256,
  page: found.page === undefined ? undefined : sha256(found.page) === found.statement.pageSha256,
  files: sameFiles(found),
  number: hasItsNumber(found),
});

export const holds = ({ signature, content, page, files, number }: Verdict): boolean =>
  signature && content !== false && page !== false && files !== false && number;
