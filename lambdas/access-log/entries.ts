import * as z from 'zod/mini';
import { isOthers, type Reading, type SignInRecord } from '../domain/access-log.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { ReadingAnswer, SignInAnswer } from '../http/wire/access-log.ts';
import type { Page } from '../http/wire/general.ts';
import type { AccessLogReading, LogPage } from '../storage/access-log.ts';
import type { FolderReading } from '../storage/cases.ts';

export interface EntriesDependencies {
  readonly log: AccessLogReading;
  readonly cases: Pick<FolderReading, 'header'>;
  readonly prefix: CasePrefix;
}

const listQuery = z.object({
  query: z.object({ cursor: z.optional(z.string().check(z.maxLength(200))) }),
});

/** Opaque to callers. A forged one leads elsewhere in one's own log at most, for it names no folder. */
export const writeCursor = (place: string): string => Buffer.from(place).toString('base64url');

const placeIn = ({ query }: CitizenRequest): string | undefined => {
  const { cursor } = parse(listQuery, { query }).query;
  return cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
};

const answer = <Entry, Shown>({ items, next }: LogPage<Entry>, show: (entry: Entry) => Shown): Answer =>
  ok({
    items: items.map(show),
    ...(next !== undefined && { next: writeCursor(next) }),
  } satisfies Page<Shown>);

const shownReading = ({ owner: _owner, by, ...reading }: Reading): ReadingAnswer => ({
  ...reading,
  by: { kind: by.kind, name: by.name },
});

const othersReadings = ({ session }: CitizenRequest, page: LogPage<Reading>): Answer =>
  answer({ ...page, items: page.items.filter(reading => isOthers(reading, session.person)) }, shownReading);

/** `GET readings`: who has looked at any case of the folder. */
const listReadings = async (request: CitizenRequest, { log }: EntriesDependencies): Promise<Answer> =>
  othersReadings(request, await log.readings(request.session.owner, request.now, placeIn(request)));

/** `GET cases/{caseNumber}/readings`. */
const listReadingsOfCase = async (
  request: CitizenRequest,
  { log, cases, prefix }: EntriesDependencies,
): Promise<Answer> => {
  const { owner } = request.session;
  const caseNumber = parseCaseNumber(prefix, request.parameters.caseNumber ?? '');
  if (caseNumber === undefined || !(await cases.header(owner, caseNumber)))
    return refuse({ kind: 'not-found' });
  return othersReadings(request, await log.readingsOfCase(owner, caseNumber, request.now, placeIn(request)));
};

const shownSignIn = ({ owner: _owner, person: _person, ...record }: SignInRecord): SignInAnswer => record;

/** `GET sign-ins`: of the folder; a person sees there also when they have acted for an organisation. */
const listSignIns = async (request: CitizenRequest, { log }: EntriesDependencies): Promise<Answer> =>
  answer(await log.signIns(request.session.owner, request.now, placeIn(request)), shownSignIn);

/** What is logged of one's folder, for those whose folder it is. */
export const serveEntries = (dependencies: EntriesDependencies) =>
  routes<CitizenRequest>({
    'GET /api/readings': request => listReadings(request, dependencies),
    'GET /api/cases/{caseNumber}/readings': request => listReadingsOfCase(request, dependencies),
    'GET /api/sign-ins': request => listSignIns(request, dependencies),
  });
