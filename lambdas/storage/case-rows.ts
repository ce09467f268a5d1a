/** What is inside a case, as it lies in the Cases table: what was sent, what happened, when it was opened. */
import * as z from 'zod/mini';
import type { CaseContent, CaseEvent, CaseNumber, OwnerId } from '../domain/case.ts';
import type { Opening } from '../domain/folder.ts';
import { type Status, statuses } from '../domain/status.ts';
import { caseKey, contentSort, eventPrefix, eventSort, openingPrefix } from './case-keys.ts';
import type { Sealer } from './sealing.ts';

const contentContext = (owner: OwnerId, caseNumber: CaseNumber): string => `content|${owner}|${caseNumber}`;
const eventContext = (owner: OwnerId, caseNumber: CaseNumber, sequence: number): string =>
  `event|${owner}|${caseNumber}|${sequence}`;

const whoContext = (owner: OwnerId, caseNumber: CaseNumber, sequence: number): string =>
  `${eventContext(owner, caseNumber, sequence)}|who`;

const epoch = z.number();
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

export const sequenceOf = ({ sk }: Pick<EventRow, 'sk'>): number => Number(sk.slice(eventPrefix.length));

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
