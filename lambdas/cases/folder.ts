import * as z from 'zod/mini';
import type { CaseNumber, EpochMs } from '../domain/case.ts';
import { type CasePrefix, searchedNumbers } from '../domain/case-number.ts';
import { finnishYear } from '../domain/finnish-time.ts';
import { isNew, pageSize, readCursor, unreadLetters, writeCursor } from '../domain/folder.ts';
import { languages } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { statuses } from '../domain/status.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { CaseSummary } from '../http/wire/cases.ts';
import type { Page } from '../http/wire/general.ts';
import type { Folder, FolderPage } from '../storage/folder.ts';
import { type FolderFilter, mayPass } from '../storage/folder-filter.ts';
import type { FolderEntry } from '../storage/folder-packing.ts';
import type { Seen, SeenMark } from '../storage/seen.ts';

export interface FolderDependencies {
  readonly folder: Folder;
  readonly seen: Pick<Seen, 'marks'>;
  readonly prefix: CasePrefix;
}

const orders = ['asc', 'desc'] as const;
const yes = z.optional(z.literal('1'));

/**
 * `language` says whose alphabet `sort=name` goes by; Finnish where nobody says. `sort=event` has one page: the cases
 * in which something happened last.
 */
const folderQuery = z.object({
  query: z.object({
    number: z.optional(z.string().check(z.maxLength(100))),
    sort: z._default(z.enum(['date', 'name', 'event']), 'date'),
    order: z.optional(z.enum(orders)),
    cursor: z.optional(z.string()),
    language: z._default(z.enum(languages), 'fi'),
    year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
    /** Ids with commas between them; a case of any of them. */
    service: z.optional(z.string().check(z.maxLength(8_000))),
    status: z.optional(z.enum(statuses)),
    new: yes,
    /** With `new`: only where an official's message waits to be read. */
    unread: yes,
    waiting: yes,
    limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(pageSize)), pageSize),
  }),
});
type FolderQuery = z.infer<typeof folderQuery>['query'];

export const summary = (
  header: FolderEntry,
  { person }: Pick<Session, 'person'>,
  mark?: SeenMark,
): CaseSummary => ({
  caseNumber: header.caseNumber,
  service: header.service,
  form: header.form,
  status: header.status,
  submittedAt: header.submittedAt,
  updatedAt: header.updatedAt,
  isNew: isNew(header, person, mark?.seenAt),
  unreadMessages: unreadLetters(header, mark?.letters),
  ...(header.newest && { newest: header.newest }),
  ...(header.waitsFor && { waitsFor: header.waitsFor }),
});

/** Where to go on. A forged cursor leads elsewhere in one's own folder at most, for it names no folder. */
const startAfter = (cursor: string | undefined, prefix: CasePrefix): CaseNumber | undefined => {
  if (cursor === undefined) return undefined;
  const place = readCursor(prefix, cursor);
  return place ?? refuse({ kind: 'invalid-request', errors: [{ pointer: '/query/cursor', code: 'format' }] });
};

const filterOf = (
  { query, session, marks }: Asked,
  { prefix }: Pick<FolderDependencies, 'prefix'>,
): FolderFilter => ({
  year: query.year === undefined ? undefined : { prefix, year: Number(query.year) },
  services: query.service?.split(','),
  status: query.status,
  newTo: query.new && session,
  isUnread: query.unread !== undefined,
  isShared: session.person !== session.owner,
  marks,
});

/** What is asked of the folder's people: few, in one page, the soonest first. */
const waitingFor = async (session: Session, filter: FolderFilter, folder: Folder): Promise<FolderPage> => ({
  headers: (await folder.waiting(session.owner)).filter(header => mayPass(filter, header)),
});

interface Asked {
  readonly session: Session;
  readonly query: FolderQuery;
  readonly now: EpochMs;
  /** All that the person has seen, where only what is new is asked for. */
  readonly marks?: ReadonlyMap<CaseNumber, SeenMark> | undefined;
}

const find = async (asked: Asked, dependencies: FolderDependencies): Promise<FolderPage> => {
  const { folder, prefix } = dependencies;
  const { session, query, now } = asked;
  const { owner } = session;
  const { number = '', sort, order, limit } = query;
  if (number.trim() !== '')
    return { headers: await folder.headers(owner, searchedNumbers(prefix, number, finnishYear(now))) };
  const filter = filterOf(asked, dependencies);
  if (query.waiting) return waitingFor(session, filter, folder);
  if (sort === 'event')
    return {
      headers: await (query.new ? folder.newestOf(owner, limit, filter) : folder.newest(owner, limit)),
    };
  const after = startAfter(query.cursor, prefix);
  return sort === 'name'
    ? folder.byName(owner, { language: query.language, order: order ?? 'asc' }, after, filter)
    : folder.page(owner, order ?? 'desc', after, filter);
};

const listPage = async (asked: Asked, dependencies: FolderDependencies): Promise<Page<CaseSummary>> => {
  const { session, query } = asked;
  const { seen } = dependencies;
  const seenBefore = query.new && (await seen.marks(session));
  const { headers, next } = await find({ ...asked, marks: seenBefore }, dependencies);
  const marks =
    seenBefore ??
    (await seen.marks(
      session,
      headers.map(({ caseNumber }) => caseNumber),
    ));
  const items = headers
    .map(header => summary(header, session, marks.get(header.caseNumber)))
    .filter(item => !query.new || item.isNew);
  return { items, ...(next !== undefined && { next: writeCursor(next) }) };
};

/** One's folder: what was sent, newest first or by name, 25 a page (R7.2, R7.3). */
export const listCases = async (
  { session, now, query: given }: CitizenRequest,
  dependencies: FolderDependencies,
): Promise<Answer> => {
  const { query } = parse(folderQuery, { query: given });
  return ok(await listPage({ session, query, now }, dependencies));
};
