import * as z from 'zod/mini';
import type { CaseNumber, EpochMs } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { isNew, pageAfter, readCursor, sortByName, writeCursor } from '../domain/folder.ts';
import { type Language, languages } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CaseSummary, Page } from '../http/wire.ts';
import type { FolderHeader } from '../storage/case-rows.ts';
import type { FolderPage, FolderReading } from '../storage/cases.ts';
import type { Seen } from '../storage/seen.ts';

export interface FolderDependencies {
  readonly cases: FolderReading;
  readonly seen: Pick<Seen, 'marks'>;
  readonly prefix: CasePrefix;
}

const orders = ['asc', 'desc'] as const;

/** `language` says whose alphabet `sort=name` goes by; Finnish where nobody says. */
const folderQuery = z.object({
  query: z.object({
    number: z.optional(z.string().check(z.maxLength(100))),
    sort: z._default(z.enum(['date', 'name']), 'date'),
    order: z.optional(z.enum(orders)),
    cursor: z.optional(z.string()),
    language: z._default(z.enum(languages), 'fi'),
  }),
});

export const summary = (
  header: FolderHeader,
  { person }: Pick<Session, 'person'>,
  seenAt: EpochMs | undefined = header.seenAt,
): CaseSummary => ({
  caseNumber: header.caseNumber,
  service: header.service,
  form: header.form,
  status: header.status,
  submittedAt: header.submittedAt,
  updatedAt: header.updatedAt,
  isNew: isNew(header, person, seenAt),
});

/** Where to go on. A forged cursor leads elsewhere in one's own folder at most, for it names no folder. */
const startAfter = (cursor: string | undefined, prefix: CasePrefix): CaseNumber | undefined => {
  if (cursor === undefined) return undefined;
  const place = readCursor(prefix, cursor);
  return place ?? refuse({ kind: 'invalid-request', errors: [{ pointer: '/query/cursor', code: 'format' }] });
};

const byNumber = async (
  text: string,
  { session }: CitizenRequest,
  { cases, prefix }: FolderDependencies,
): Promise<FolderPage> => {
  const caseNumber = parseCaseNumber(prefix, text);
  const header = caseNumber && (await cases.header(session.owner, caseNumber));
  return { headers: header ? [header] : [] };
};

const byName = (
  headers: readonly FolderHeader[],
  language: Language,
  order: 'asc' | 'desc',
  after: CaseNumber | undefined,
): FolderPage => {
  const named = headers.map(header => ({
    header,
    caseNumber: header.caseNumber,
    name: header.names[language],
  }));
  const { items, next } = pageAfter(sortByName(named, language, order), after);
  return { headers: items.map(({ header }) => header), ...(next !== undefined && { next }) };
};

/** One's folder: what was sent, newest first or by name, 25 a page (R7.2, R7.3). */
export const listCases = async (
  request: CitizenRequest,
  dependencies: FolderDependencies,
): Promise<Answer> => {
  const { session } = request;
  const { cases, seen, prefix } = dependencies;
  const { number, sort, order, cursor, language } = parse(folderQuery, { query: request.query }).query;
  const after = startAfter(cursor, prefix);
  const find = async (): Promise<FolderPage> => {
    if (number !== undefined && number.trim() !== '') return byNumber(number, request, dependencies);
    if (sort === 'date') return cases.page(session.owner, order ?? 'desc', after);
    return byName(await cases.all(session.owner), language, order ?? 'asc', after);
  };
  const [{ headers, next }, marks] = await Promise.all([find(), seen.marks(session)]);
  const items = headers.map(header => summary(header, session, marks.get(header.caseNumber)));
  return ok({ items, ...(next !== undefined && { next: writeCursor(next) }) } satisfies Page<CaseSummary>);
};
