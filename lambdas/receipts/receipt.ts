import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { recordReading } from '../access-log/record.ts';
import { canonicalJson } from '../domain/canonical.ts';
import type { CaseNumber, EpochMs, PersonId } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import type { Answers } from '../domain/forms/types.ts';
import type { Language, Translated } from '../domain/language.ts';
import { languages } from '../domain/language.ts';
import {
  type ReceiptFile,
  type ReceiptStatement,
  type SentDocument,
  sentDocument,
  signatureMarks,
} from '../domain/receipt.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, html, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import type { Forms } from '../storage/forms.ts';
import type { ReceiptKeys } from '../storage/receipt-keys.ts';
import type { SentFactsReading } from '../storage/sent-facts.ts';
import type { ReceiptPage } from './page.tsx';

export interface ReceiptDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly facts: SentFactsReading;
  readonly forms: Pick<Forms, 'get'>;
  readonly keys: Pick<ReceiptKeys, 'sign'>;
  readonly log: Pick<AccessLog, 'addReading'>;
  readonly prefix: CasePrefix;
  readonly city: Translated;
  readonly portalUrl: string;
  readonly page: {
    readonly render: (page: ReceiptPage) => string | Promise<string>;
    /** What `style-src` of the page allows. */
    readonly stylePolicy: string;
  };
}

const query = z.object({
  query: z.object({
    as: z._default(z.enum(['html', 'json']), 'html'),
    language: z.optional(z.enum(languages)),
    download: z.optional(z.literal('1')),
  }),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What there is to attest, of a case or of what was never stored. */
export interface Matter {
  readonly facts: Omit<ReceiptStatement, 'iss' | 'iat' | 'pageSha256'>;
  /** As it is shown; absent where nothing was stored. */
  readonly document?: SentDocument;
  /** As they were filled in. */
  readonly answers?: Answers;
  /** As it was hashed; absent where the one who asks is not to have all of it. */
  readonly hashed?: SentDocument;
  readonly place?: ReceiptPage['place'];
}

const hashOf = (document: SentDocument): string => sha256(canonicalJson(document));

/** What was hashed once held the code of whoever sent it for an organisation: that is for nobody else's eyes. */
const olderHashed = (document: SentDocument, { content, events: [first] }: OpenedCase, person: PersonId) => {
  const older = { ...document, applicant: content.applicant };
  if (first?.type !== 'submitted' || first.contentSha256 !== hashOf(older))
    throw new Error('the content is not what was sent');
  const { actor } = first;
  return {
    contentSha256: hashOf(older),
    ...(actor.kind === 'citizen' && actor.person === person && { hashed: older }),
  };
};

/**
 * The hash was written down when the case was made. That the content still has it is seen now: what has been changed
 * since is not signed.
 * @param person who asks
 */
export const matterOfCase = (opened: OpenedCase, person: PersonId): Matter => {
  const { header, content, events } = opened;
  const [first] = events;
  const { caseNumber, service, form, formVersion, submittedAt } = header;
  const document = sentDocument(header, content);
  const noted = first?.type === 'submitted' ? first.contentSha256 : undefined;
  const isAsNoted = noted === undefined || noted === hashOf(document);
  const { contentSha256, hashed } = isAsNoted
    ? { contentSha256: hashOf(document), hashed: document }
    : olderHashed(document, opened, person);
  return {
    facts: {
      caseNumber,
      service,
      form,
      formVersion,
      submittedAt: new Date(submittedAt).toISOString(),
      contentSha256,
      stored: true,
    },
    document,
    answers: content.answers,
    ...(hashed && { hashed }),
    ...(first?.type === 'submitted' && first.place && { place: first.place }),
  };
};

const find = async (
  { session, now }: CitizenRequest,
  caseNumber: CaseNumber,
  { cases, facts }: ReceiptDependencies,
): Promise<Matter> => {
  const opened = await cases.open(session.owner, caseNumber);
  if (opened) return matterOfCase(opened, session.person);
  const known = await facts.find(session.owner, caseNumber, now);
  if (!known) return refuse({ kind: 'not-found' });
  const submittedAt = new Date(known.submittedAt).toISOString();
  return { facts: { ...known, caseNumber, submittedAt, stored: false } };
};

const fileName: Readonly<Record<Language, string>> = { fi: 'kuitti', sv: 'kvitto', en: 'receipt' };

/** The printable receipt as a file among others. */
export const receiptName = (language: Language): string => `${fileName[language]}.html`;

const disposition = (name: string, isDownload: boolean): Record<string, string> => ({
  'content-disposition': `${isDownload ? 'attachment' : 'inline'}; filename="${name}"`,
});

export const statementOf = ({ facts }: Matter, now: EpochMs, portalUrl: string): ReceiptStatement => ({
  iss: portalUrl,
  iat: Math.floor(now / 1000),
  ...facts,
});

const asJson = async (
  matter: Matter,
  statement: ReceiptStatement,
  { keys }: ReceiptDependencies,
): Promise<Answer> => {
  const receipt = await keys.sign(statement);
  const { hashed: content } = matter;
  const file: ReceiptFile = { receipt, ...(content && { content }) };
  return ok(file, { headers: disposition(`${statement.caseNumber}.receipt.json`, true) });
};

export interface SignedPage {
  readonly matter: Matter;
  readonly statement: ReceiptStatement;
  readonly language: Language;
}

/** The page is signed too: whoever changes a word of it breaks the signature. */
export const signedPage = async (
  { matter: { document, answers, hashed, place }, statement, language }: SignedPage,
  { keys, forms, city, page }: Pick<ReceiptDependencies, 'keys' | 'forms' | 'city' | 'page'>,
): Promise<string> => {
  const form = await forms.get(statement.form, statement.formVersion);
  const unsigned = await page.render({
    language,
    city,
    statement,
    title: form.title,
    ...(place && { place }),
    ...(document &&
      answers && { sent: { document, answers, form, ...(hashed && { canonical: canonicalJson(hashed) }) } }),
  });
  const signature = await keys.sign({ ...statement, pageSha256: sha256(unsigned) });
  const [head = '', tail = ''] = unsigned.split(signatureMarks.begin);
  return head + signatureMarks.begin + signature + tail;
};

const asPage = async (
  signed: SignedPage,
  isDownload: boolean,
  dependencies: ReceiptDependencies,
): Promise<Answer> => {
  const { language, statement } = signed;
  return html(200, await signedPage(signed, dependencies), {
    headers: {
      'content-security-policy': `default-src 'none'; style-src ${dependencies.page.stylePolicy}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      ...disposition(`${fileName[language]}-${statement.caseNumber}.html`, isDownload),
    },
  });
};

/**
 * `GET cases/{caseNumber}/receipt?as=html|json&language=&download=1`: that this was sent, when and under which number,
 * signed when it is asked for. Of a form that is never stored (R6.7) it holds no answers.
 */
export const getReceipt = async (
  request: CitizenRequest,
  dependencies: ReceiptDependencies,
): Promise<Answer> => {
  const caseNumber = parseCaseNumber(dependencies.prefix, request.parameters.caseNumber ?? '');
  if (caseNumber === undefined) return refuse({ kind: 'not-found' });
  const { as, language, download } = parse(query, { query: request.query }).query;
  const matter = await find(request, caseNumber, dependencies);
  // What was never stored is no case, and its receipt says nothing of what was in it.
  if (matter.document) await recordReading(request, caseNumber, 'receipt', dependencies.log);
  const statement = statementOf(matter, request.now, dependencies.portalUrl);
  if (as === 'json') return asJson(matter, statement, dependencies);
  const shownIn = language ?? matter.document?.language ?? 'fi';
  return asPage({ matter, statement, language: shownIn }, download === '1', dependencies);
};
