import * as z from 'zod/mini';
import type {
  AskedFor,
  CaseContent,
  CaseEvent,
  CaseHeader,
  CaseNumber,
  EpochMs,
  NewestEvent,
  OwnerId,
  PersonId,
} from '../domain/case.ts';
import type { CoursePlace } from '../domain/course.ts';
import type { Opening } from '../domain/folder.ts';
import { languages, type Translated } from '../domain/language.ts';
import { type Status, statuses } from '../domain/status.ts';
import type { Sealer } from './sealing.ts';

/** Where the rows of the Cases table are. The owner is in the key, so another person's case cannot be asked for. */
export const ownerKey = (owner: OwnerId): string => `OWNER#${owner}`;
export const headerSort = (caseNumber: CaseNumber): string => `CASE#${caseNumber}`;
export const headerKey = (owner: OwnerId, caseNumber: CaseNumber) => ({
  pk: ownerKey(owner),
  sk: headerSort(caseNumber),
});
/** Asks for the headers of a folder, those of numbers that begin so. */
export const headersIn = (owner: OwnerId, numbers = '') => ({
  KeyConditionExpression: 'pk = :owner AND begins_with(sk, :cases)',
  ExpressionAttributeValues: { ':owner': ownerKey(owner), ':cases': headerSort(numbers) },
});
export const numberOf = ({ sk }: Readonly<Record<string, unknown>>): CaseNumber =>
  String(sk).slice(headerSort('').length);
export const caseKey = (owner: OwnerId, caseNumber: CaseNumber): string => `CASE#${owner}#${caseNumber}`;
/** Six digits, so that events sort as they happened. */
export const eventSort = (sequence: number): string => `EVENT#${String(sequence).padStart(6, '0')}`;
export const contentSort = 'CONTENT';
/** An answer that is not finished, of each person; sorts between content and events. */
export const replyPrefix = 'DRAFT#';
export const replySort = (person: PersonId): string => replyPrefix + person;
/** That a case was opened, and what happened until when was shown; sorts between content and events. */
export const openingPrefix = 'DISPLAYED#';
export const openingSort = (to: EpochMs): string => openingPrefix + to;
/** What became of a digest that told of the case, by its hour; sorts between content and events. */
export const noticePrefix = 'DIGEST#';
export const noticeSort = (hour: string): string => noticePrefix + hour;
export const numberKey = (caseNumber: CaseNumber) => ({ pk: `NUMBER#${caseNumber}`, sk: 'NUMBER' });
/** The services that ever had a case: who may see all services must know which there are. */
export const servicesKey = 'SERVICES';

const contentContext = (owner: OwnerId, caseNumber: CaseNumber): string => `content|${owner}|${caseNumber}`;
const eventContext = (owner: OwnerId, caseNumber: CaseNumber, sequence: number): string =>
  `event|${owner}|${caseNumber}|${sequence}`;

const whoContext = (owner: OwnerId, caseNumber: CaseNumber, sequence: number): string =>
  `${eventContext(owner, caseNumber, sequence)}|who`;

/** Characters of each name that are kept: enough to sort by, and 25 headers stay one cheap read. */
const sortNameLength = 14;

/** The form's name in each language, as the folder sorts by it. */
export const sortNames = (names: Translated): string =>
  languages.map(language => names[language].replaceAll('|', ' ').slice(0, sortNameLength)).join('|');

export const readNames = (names: string): Translated => {
  const [fi = '', sv = '', en = ''] = names.split('|');
  return { fi, sv, en };
};

const epoch = z.number();

/** Short attribute names: DynamoDB counts them into the size of every row. */
const headerRow = z.object({
  pk: z.string(),
  sk: z.string(),
  service: z.string(),
  /** Absent when the form is named as its service. */
  form: z.optional(z.string()),
  version: z.string(),
  names: z.string(),
  status: z.enum(statuses),
  submittedAt: epoch,
  updatedAt: epoch,
  contentAt: epoch,
  contentBy: z.optional(z.string()),
  othersAt: z.optional(epoch),
  seenAt: z.optional(epoch),
  openAt: z.optional(epoch),
  msgs: z.optional(z.number()),
  elsewhere: z.optional(z.literal(true)),
  revision: z.number(),
  /** Of a course only: number of arrival, `@`, course. */
  place: z.optional(z.string()),
  /** Whose doing the newest event was, and its type. */
  newest: z.optional(z.string()),
  /** The day by which the citizen is waited for, or `noDay`. */
  waitsBy: z.optional(z.string()),
});

/** Sorts after every day. */
const noDay = '9999-12-31';
export const writeWaitsBy = ({ dueDate = noDay }: AskedFor): string => dueDate;
export const readWaitsBy = (day: string): AskedFor => (day === noDay ? {} : { dueDate: day });

export const writeNewest = ({ by, type }: NewestEvent): string => `${by} ${type}`;
export const readNewest = (text: string): NewestEvent => {
  const [by, type] = text.split(' ');
  return { by, type } as NewestEvent;
};

const writePlace = ({ arrival, course }: CoursePlace): string => `${arrival}@${course}`;
const readPlace = (text: string): CoursePlace => {
  const at = text.indexOf('@');
  return { arrival: Number(text.slice(0, at)), course: text.slice(at + 1) };
};

/** A header and what it is sorted by. */
export interface FolderHeader extends CaseHeader {
  /** By language, the head of the form's name. */
  readonly names: Translated;
}

export const writeHeader = ({ caseNumber, owner, ...header }: FolderHeader): Record<string, unknown> => ({
  ...headerKey(owner, caseNumber),
  service: header.service,
  ...(header.form !== header.service && { form: header.form }),
  version: header.formVersion,
  names: sortNames(header.names),
  status: header.status,
  submittedAt: header.submittedAt,
  updatedAt: header.updatedAt,
  contentAt: header.contentUpdatedAt,
  ...(header.contentUpdatedBy && { contentBy: header.contentUpdatedBy }),
  ...(header.othersUpdatedAt && { othersAt: header.othersUpdatedAt }),
  revision: header.revision,
  ...(header.messagesElsewhere && { elsewhere: true }),
  ...(header.place && { place: writePlace(header.place) }),
});

export const readHeader = (row: unknown): FolderHeader => {
  const { pk, sk, version, contentAt, contentBy, othersAt, seenAt, names, ...rest } = headerRow.parse(row);
  const { openAt, msgs = 0 } = rest;
  return {
    caseNumber: sk.slice('CASE#'.length),
    owner: pk.slice('OWNER#'.length),
    service: rest.service,
    form: rest.form ?? rest.service,
    formVersion: version,
    status: rest.status,
    submittedAt: rest.submittedAt,
    updatedAt: rest.updatedAt,
    contentUpdatedAt: contentAt,
    ...(contentBy !== undefined && { contentUpdatedBy: contentBy }),
    ...(othersAt !== undefined && { othersUpdatedAt: othersAt }),
    ...(seenAt !== undefined && { seenAt }),
    ...(openAt !== undefined && { openedAt: openAt }),
    ...(msgs > 0 && { letters: msgs }),
    ...(rest.elsewhere && { messagesElsewhere: rest.elsewhere }),
    revision: rest.revision,
    ...(rest.place !== undefined && { place: readPlace(rest.place) }),
    ...(rest.newest !== undefined && { newest: readNewest(rest.newest) }),
    ...(rest.waitsBy !== undefined && { waitsFor: readWaitsBy(rest.waitsBy) }),
    names: readNames(names),
  };
};

const translated = z.object({ fi: z.string(), sv: z.string(), en: z.string() });
const bytes = z.instanceof(Uint8Array);

const eventRow = z.object({
  sk: z.string(),
  id: z.string(),
  at: epoch,
  type: z.enum([
    'submitted',
    'status',
    'message',
    'conversation-closed',
    'decision',
    'request',
    'place',
    'amendment',
    'attachment',
    'attachment-refused',
  ]),
  person: z.optional(z.string()),
  client: z.optional(z.string()),
  /** Sealed: the name of the person. */
  who: z.optional(bytes),
  status: z.optional(z.enum(statuses)),
  label: z.optional(translated),
  contentSha256: z.optional(z.string()),
  place: z.optional(z.object({ rank: z.number(), places: z.number() })),
  opened: z.optional(z.object({ to: epoch, at: epoch })),
  sealed: z.optional(bytes),
});
export type EventRow = z.infer<typeof eventRow>;

export const readEventRow = (row: unknown): EventRow => eventRow.parse(row);

export const sequenceOf = ({ sk }: Pick<EventRow, 'sk'>): number => Number(sk.slice('EVENT#'.length));

export const actorOf = ({ person, client }: EventRow): CaseEvent['actor'] => {
  if (client !== undefined) return { kind: 'department', client };
  return person === undefined ? { kind: 'portal' } : { kind: 'citizen', person };
};

const actorColumns = (actor: CaseEvent['actor']): object => {
  if (actor.kind === 'citizen') return { person: actor.person };
  return actor.kind === 'department' ? { client: actor.client } : {};
};

/** What an event says. A status is as plain here as in the header; what somebody wrote is sealed. */
const plainBody = ({ type, status, label, contentSha256, place }: EventRow): object => {
  if (type === 'status') return { type, status, ...(label && { label }) };
  return { type, ...(contentSha256 !== undefined && { contentSha256 }), ...(place && { place }) };
};

export const openEvent = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  row: EventRow,
): Promise<CaseEvent> => {
  const sequence = sequenceOf(row);
  const written = row.sealed
    ? JSON.parse(await sealer.open(row.sealed, eventContext(owner, caseNumber, sequence)))
    : {};
  const actor = actorOf(row);
  const name = row.who && (await sealer.open(row.who, whoContext(owner, caseNumber, sequence)));
  return {
    id: row.id,
    sequence,
    at: row.at,
    actor: name !== undefined && actor.kind === 'citizen' ? { ...actor, name } : actor,
    ...plainBody(row),
    ...written,
  } as CaseEvent;
};

const plainTypes: ReadonlySet<CaseEvent['type']> = new Set([
  'status',
  'submitted',
  'place',
  'conversation-closed',
]);

export const writeEvent = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  event: CaseEvent,
): Promise<Record<string, unknown>> => {
  const { id, sequence, at, actor, type, ...said } = event;
  const context = eventContext(owner, caseNumber, sequence);
  const isPlain = plainTypes.has(type);
  const name = actor.kind === 'citizen' ? actor.name : undefined;
  return {
    pk: caseKey(owner, caseNumber),
    sk: eventSort(sequence),
    id,
    at,
    type,
    ...actorColumns(actor),
    ...(name !== undefined && {
      who: await sealer.seal(name, whoContext(owner, caseNumber, sequence)),
    }),
    ...(isPlain ? said : { sealed: await sealer.seal(JSON.stringify(said), context) }),
  };
};

const contentRow = z.object({
  sealed: bytes,
  draft: z.string(),
  attachable: z.optional(z.boolean()),
  withdrawal: z.optional(z.array(z.enum(statuses))),
  amendment: z.optional(z.array(z.enum(statuses))),
  roles: z.optional(z.array(z.string())),
});

/** What belongs to a case's content and is no part of what was sent. */
export interface ContentPlace {
  /** Part of the address of its attachments. */
  readonly draft: string;
  /** Its service takes files for sent cases (R7.6). */
  readonly attachable: boolean;
  /** Statuses in which it can be withdrawn, and those in which it can be changed, as its form had it. */
  readonly withdrawal?: readonly Status[];
  readonly amendment?: readonly Status[];
  /** What an organisation's representative needs one of to do anything in the case, as its form had it. */
  readonly roles?: readonly string[];
}

export const writeContent = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  { draft, attachable, withdrawal, amendment, roles }: ContentPlace,
  content: CaseContent,
): Promise<Record<string, unknown>> => ({
  pk: caseKey(owner, caseNumber),
  sk: contentSort,
  draft,
  ...(attachable && { attachable }),
  ...(withdrawal && { withdrawal }),
  ...(amendment && { amendment }),
  ...(roles && { roles }),
  sealed: await sealer.seal(JSON.stringify(content), contentContext(owner, caseNumber)),
});

export const openContent = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  row: unknown,
): Promise<CaseContent & ContentPlace> => {
  const { sealed, draft, attachable = false, withdrawal, amendment, roles } = contentRow.parse(row);
  return {
    ...JSON.parse(await sealer.open(sealed, contentContext(owner, caseNumber))),
    draft,
    attachable,
    ...(withdrawal && { withdrawal }),
    ...(amendment && { amendment }),
    ...(roles && { roles }),
  };
};

const openingRow = z.object({ sk: z.string(), at: epoch });

export const readOpening = (row: unknown): Opening => {
  const { sk, at } = openingRow.parse(row);
  return { to: Number(sk.slice(openingPrefix.length)), at };
};

const replyContext = (owner: OwnerId, caseNumber: CaseNumber, person: PersonId): string =>
  `reply|${owner}|${caseNumber}|${person}`;

/** An answer that is not finished. */
export interface ReplyDraft {
  readonly text: string;
  readonly savedAt: EpochMs;
}

export const writeReplyDraft = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  person: PersonId,
  { text, savedAt }: ReplyDraft,
): Promise<Record<string, unknown>> => ({
  pk: caseKey(owner, caseNumber),
  sk: replySort(person),
  savedAt,
  sealed: await sealer.seal(text, replyContext(owner, caseNumber, person)),
});

const replyRow = z.object({ sk: z.string(), savedAt: epoch, expiresAt: z.number(), sealed: bytes });

/** Undefined for one whose time is over: DynamoDB removes rows days late. */
export const openReplyDraft = async (
  sealer: Sealer,
  owner: OwnerId,
  caseNumber: CaseNumber,
  row: unknown,
  now: EpochMs,
): Promise<ReplyDraft | undefined> => {
  const { sk, savedAt, expiresAt, sealed } = replyRow.parse(row);
  if (expiresAt <= toExpiresAt(now)) return undefined;
  const person = sk.slice(replyPrefix.length);
  return { savedAt, text: await sealer.open(sealed, replyContext(owner, caseNumber, person)) };
};

/** Epoch seconds, as DynamoDB's time to live wants them. */
export const toExpiresAt = (at: EpochMs): number => Math.floor(at / 1000);
