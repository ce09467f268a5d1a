import * as z from 'zod/mini';
import { recordReading } from '../access-log/record.ts';
import { type CaseDependencies, type CaseReading, caseAnswer } from '../cases/case.ts';
import type { EpochMs } from '../domain/case.ts';
import { parseCaseNumber } from '../domain/case-number.ts';
import { type Language, languages } from '../domain/language.ts';
import type { ReceiptFile, ReceiptStatement } from '../domain/receipt.ts';
import { bundleFiles } from '../domain/receipt.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, download, fitsAnswer } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CaseAnswer } from '../http/wire/cases.ts';
import {
  type Matter,
  matterOfCase,
  type ReceiptDependencies,
  receiptName,
  type SignedPage,
  signedPage,
  statementOf,
} from '../receipts/receipt.ts';
import type { CasePage } from './case-page.tsx';
import { type Files, hashesOf, sumsOf, zipOf } from './packing.ts';

export interface BundleDependencies
  extends CaseReading,
    Pick<CaseDependencies, 'prefix'>,
    Omit<ReceiptDependencies, 'cases' | 'facts'> {
  readonly renderCase: (page: CasePage) => string | Promise<string>;
}

const query = z.object({ query: z.object({ language: z.optional(z.enum(languages)) }) });

const pageName: Readonly<Record<Language, string>> = {
  fi: 'asia.html',
  sv: 'arende.html',
  en: 'case.html',
};
const folderName: Readonly<Record<Language, string>> = { fi: 'asia', sv: 'arende', en: 'case' };

interface Contents {
  readonly shown: CaseAnswer;
  readonly matter: Matter;
  readonly language: Language;
  readonly now: EpochMs;
}

/** What is to be read, the receipt to print among it. */
const readable = async (
  { shown, matter, language, now }: Contents,
  statement: ReceiptStatement,
  dependencies: BundleDependencies,
): Promise<Files> => {
  const { forms, city, portalUrl, renderCase } = dependencies;
  const form = await forms.get(shown.form, shown.formVersion);
  const keysUrl = `${portalUrl}/.well-known/jwks.json`;
  const page: SignedPage = { matter, statement, language };
  return {
    [pageName[language]]: await renderCase({ language, shown, form, city, now, keysUrl }),
    [receiptName(language)]: await signedPage(page, dependencies),
    'case.json': `${JSON.stringify(shown, undefined, 2)}\n`,
  };
};

/**
 * `GET cases/{caseNumber}/bundle?language=`: all of a case in one zip, that can be read and checked without the portal.
 * The receipt for machines names the hash of every other file, so its signature holds for the whole.
 */
export const getBundle = async (
  request: CitizenRequest,
  dependencies: BundleDependencies,
): Promise<Answer> => {
  const { session, now } = request;
  const caseNumber = parseCaseNumber(dependencies.prefix, request.parameters.caseNumber ?? '');
  if (caseNumber === undefined) return refuse({ kind: 'not-found' });
  const asked = parse(query, { query: request.query }).query;
  const opened = await dependencies.cases.open(session.owner, caseNumber);
  if (!opened) return refuse({ kind: 'not-found' });
  await recordReading(request, caseNumber, 'bundle', dependencies.log);
  const language = asked.language ?? opened.content.language;
  // Of one reading: page, JSON and receipt are of the same moment.
  const shown = await caseAnswer(request, caseNumber, {
    ...dependencies,
    cases: { open: async () => opened },
  });
  const matter = matterOfCase(opened, session.person);
  const statement = statementOf(matter, now, dependencies.portalUrl);
  const files = await readable({ shown, matter, language, now }, statement, dependencies);
  const receipt = await dependencies.keys.sign({ ...statement, files: hashesOf(files) });
  const proof: ReceiptFile = { receipt, ...(matter.hashed && { content: matter.hashed }) };
  const all = { ...files, [bundleFiles.receipt]: `${JSON.stringify(proof, undefined, 2)}\n` };
  const folder = `${folderName[language]}-${caseNumber}`;
  const packed = await zipOf(folder, { ...all, [bundleFiles.sums]: sumsOf(all) }, now);
  if (!fitsAnswer(packed)) return refuse({ kind: 'answer-too-large' });
  return download(packed, 'application/zip', `${folder}.zip`);
};
