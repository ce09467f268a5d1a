import * as z from 'zod/mini';
import type { LookedAt } from '../domain/access-log.ts';
import type { CaseAttachment, CaseEvent, CaseNumber, EventBody } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { type DepartmentEvent, departmentEvent, statusAfter } from '../domain/department-event.ts';
import { withoutHelpers } from '../domain/forms/helpers.ts';
import { refuse } from '../domain/refusal.ts';
import { statuses } from '../domain/status.ts';
import { type Answer, created, ok, redirect } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { etag, idempotencyKey, ifMatch } from '../http/preconditions.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { CaseEvents } from '../storage/case-events.ts';
import { filesEverSent, holderOf } from '../storage/case-files.ts';
import type { Belonging } from '../storage/case-numbers.ts';
import type { Caseload } from '../storage/caseload.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import { type CourseStanding, standingNow } from '../storage/course-standing.ts';
import type { Courses } from '../storage/courses.ts';
import type { CustodyBook } from '../storage/custody.ts';
import type { FolderHeader } from '../storage/header-rows.ts';
import type { Uploads } from '../storage/uploads.ts';
import { type DepartmentRequest, demandPurpose, demandScope, maySee } from './access.ts';
import { pageOver, readPlace, servicesOf } from './pages.ts';

export interface CasesDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly caseload: Caseload;
  readonly courses: Pick<Courses, 'counter'>;
  readonly events: CaseEvents;
  readonly attachments: Pick<Attachments, 'custody'>;
  readonly custody: Pick<CustodyBook, 'receive'>;
  readonly uploads: Pick<Uploads, 'release'>;
  readonly log: Pick<AccessLog, 'addReading'>;
  readonly whose: (caseNumber: CaseNumber) => Promise<Belonging | undefined>;
  readonly registeredServices: () => Promise<readonly string[]>;
  readonly prefix: CasePrefix;
}

const limit = z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 25);

export const pageQuery = z.object({
  service: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  cursor: z.optional(z.string().check(z.maxLength(500))),
  limit,
});

const listQuery = z.object({
  query: z.extend(pageQuery, {
    status: z.optional(z.enum(statuses)),
    changedSince: z.optional(z.iso.datetime({ offset: true })),
  }),
});

const casePlace = z.object({ caseNumber: z.string().check(z.maxLength(40)), updatedAt: z.int() });

const iso = (at: number): string => new Date(at).toISOString();

const listed = ({ caseNumber, service, status, submittedAt, revision }: FolderHeader) => ({
  caseNumber,
  service,
  status,
  submittedAt: iso(submittedAt),
  revision,
});

const list = async (
  request: DepartmentRequest,
  { caseload, registeredServices }: CasesDependencies,
): Promise<Answer> => {
  demandScope(request, 'department/cases.read');
  demandPurpose(request);
  const { query } = parse(listQuery, { query: request.query });
  const { status } = query;
  const changedSince = query.changedSince === undefined ? undefined : Date.parse(query.changedSince);
  const services = await servicesOf(request.client, query.service, registeredServices);
  const start = readPlace(query.cursor, casePlace);
  const page = await pageOver(services, start, query.limit, async (service, after, left) => {
    const { headers, next } = await caseload.page({ service, status, changedSince, after, limit: left });
    return { items: headers.map(listed), ...(next && { next }) };
  });
  return ok(page);
};

/** Whose case it is. What is unknown and what is another department's look the same. */
const ownerOf = async (
  { client, parameters }: DepartmentRequest,
  { whose, prefix }: CasesDependencies,
): Promise<{ owner: string; caseNumber: CaseNumber }> => {
  const caseNumber = parseCaseNumber(prefix, parameters.caseNumber ?? '');
  const found = caseNumber === undefined ? undefined : await whose(caseNumber);
  if (caseNumber === undefined || !found?.owner || !maySee(client, found.service))
    return refuse({ kind: 'not-found' });
  return { owner: found.owner, caseNumber };
};

interface Opening extends OpenedCase {
  /** Writes down who looks, and why: awaited before anything of the case is answered. */
  readonly record: (what: LookedAt, file?: string) => Promise<void>;
}

const openCase = async (request: DepartmentRequest, dependencies: CasesDependencies): Promise<Opening> => {
  demandScope(request, 'department/cases.read');
  const purpose = demandPurpose(request);
  const { owner, caseNumber } = await ownerOf(request, dependencies);
  const opened = (await dependencies.cases.open(owner, caseNumber)) ?? refuse({ kind: 'not-found' });
  const by = { kind: 'department', client: request.client.id, name: request.client.name } as const;
  const reading = { at: request.now, owner, caseNumber, by, purpose };
  return {
    ...opened,
    record: (what, file) =>
      dependencies.log.addReading({ ...reading, what, ...(file !== undefined && { file }) }),
  };
};

/** What the scan of a file has found; only a clean one is handed over. */
const scanOf = ({ state, why }: CaseAttachment): 'pending' | 'clean' | NonNullable<CaseAttachment['why']> => {
  if (state === 'uploaded') return 'pending';
  return state === 'refused' ? (why ?? 'unreadable') : 'clean';
};

/** What has changed but is not for departments stays in the folder. */
const toldOf = (event: EventBody) => {
  if (event.type !== 'amendment') return event;
  const { handedOver, changes, ...others } = event;
  return { ...others, changes: handedOver ?? changes };
};

/** Which human being of the folder it was is nobody's matter here; the applicant is named once. */
const shownEvent = ({ actor, at, readAt, ...event }: CaseEvent) => ({
  ...toldOf(event),
  at: iso(at),
  by: actor.kind,
  ...(readAt !== undefined && { readAt: iso(readAt) }),
});

const shownFile = (file: CaseAttachment) => {
  const { id, name, size, sha256, type, state } = file;
  return { id, name, size, sha256, type, scan: scanOf(file), state };
};

/** Whether somebody may still leave is the citizen's matter. */
const courseOf = ({ state, position }: CourseStanding) => ({ state, ...(position && { position }) });

const show = async (request: DepartmentRequest, dependencies: CasesDependencies): Promise<Answer> => {
  const opened = await openCase(request, dependencies);
  const { header, content, current, events } = opened;
  const files = await filesEverSent(opened, dependencies.attachments);
  const standing = await standingNow(header, events, dependencies.courses);
  await opened.record('case');
  const shown = {
    ...listed(header),
    updatedAt: iso(header.updatedAt),
    applicant: content.applicant,
    form: { id: header.form, version: current.formVersion },
    language: content.language,
    answers: withoutHelpers(current.answers, current.helpers),
    ...(events.some(({ type }) => type === 'amendment') && {
      sentAnswers: withoutHelpers(content.answers, content.helpers),
    }),
    ...(standing && { course: courseOf(standing) }),
    ...(content.salt !== undefined && { salt: content.salt }),
    attachments: files.map(shownFile),
    events: events.map(shownEvent),
  };
  return ok(shown, { headers: { etag: etag(header.revision) } });
};

/** A file that has not been found clean goes to nobody. That it was fetched is written down before it is. */
const attachment = async (request: DepartmentRequest, dependencies: CasesDependencies): Promise<Answer> => {
  const opened = await openCase(request, dependencies);
  const files = await filesEverSent(opened, dependencies.attachments);
  const file = files.find(({ id }) => id === request.parameters.id) ?? refuse({ kind: 'not-found' });
  if (file.state === 'uploaded') refuse({ kind: 'attachment-not-scanned' });
  if (file.state === 'refused') refuse({ kind: 'attachment-refused', why: file.why ?? 'unreadable' });
  const holder = holderOf(file, opened);
  const place = { owner: holder.owner, draft: holder.id, id: file.id };
  // The look above may lag behind; this one does not.
  if (!(await dependencies.custody.receive(place, request.now))) refuse({ kind: 'attachment-not-scanned' });
  await opened.record('attachment', file.name);
  return redirect(await dependencies.uploads.release(holder, file));
};

/** zod leaves members that were not given as undefined; an event has them or has them not. */
const withoutGaps = (event: object): DepartmentEvent =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as DepartmentEvent;

/** What the citizen would be shown here and could answer (R7.8). */
const beginsConversation = ({ type }: DepartmentEvent): boolean => type === 'message' || type === 'request';

/** A status, message, decision or request of the department: one event of the case, once for a key. */
const addEvent = async (request: DepartmentRequest, dependencies: CasesDependencies): Promise<Answer> => {
  demandScope(request, 'department/cases.write');
  const key = idempotencyKey(request);
  const ifRevision = ifMatch(request);
  const body = withoutGaps(parse(departmentEvent, request.body));
  const { owner, caseNumber } = await ownerOf(request, dependencies);
  const { event, revision } = await dependencies.events.add({
    owner,
    caseNumber,
    key,
    body,
    actor: { kind: 'department', client: request.client.id },
    now: request.now,
    ...(ifRevision !== undefined && { ifRevision }),
    judge: async ({ status, place, messagesElsewhere }) => {
      if (messagesElsewhere && beginsConversation(body)) refuse({ kind: 'messages-elsewhere' });
      // Nobody could answer it: it would wait for ever.
      if (status === 'closed' && beginsConversation(body)) refuse({ kind: 'conversation-closed' });
      return statusAfter(status, body, place);
    },
    // That nothing more can be answered is seen in the folder; nobody need come for it.
    tell: body.type !== 'conversation-closed',
  });
  return created({ event: { ...event, at: iso(event.at) }, revision }, { headers: { etag: etag(revision) } });
};

export const caseRoutes = (dependencies: CasesDependencies) =>
  ({
    'GET /api/department/v1/cases': (request: DepartmentRequest) => list(request, dependencies),
    'GET /api/department/v1/cases/{caseNumber}': (request: DepartmentRequest) => show(request, dependencies),
    'GET /api/department/v1/cases/{caseNumber}/attachments/{id}': (request: DepartmentRequest) =>
      attachment(request, dependencies),
    'POST /api/department/v1/cases/{caseNumber}/events': (request: DepartmentRequest) =>
      addEvent(request, dependencies),
  }) as const;
