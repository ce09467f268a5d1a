import { randomUUID } from 'node:crypto';
import { recordReading } from '../access-log/record.ts';
import { type SettleDependencies, settle } from '../attachments/settle.ts';
import { attachmentRequest } from '../domain/attachment.ts';
import type { CaseAttachment, CaseNumber, EpochMs } from '../domain/case.ts';
import { type CasePrefix, parseCaseNumber } from '../domain/case-number.ts';
import { takesAttachments } from '../domain/custody.ts';
import { demandRole } from '../domain/demand-role.ts';
import { conversation } from '../domain/folder.ts';
import { refuse } from '../domain/refusal.ts';
import { attachmentOf } from '../drafts/attachments.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { AttachmentAnswer, CaseAttachmentsAnswer } from '../http/wire/attachments.ts';
import type { AccessLog } from '../storage/access-log.ts';
import { type FileRecord, toAttachment } from '../storage/attachment-rows.ts';
import type { Addition, Attachments } from '../storage/attachments.ts';
import type { Cases, OpenedCase } from '../storage/cases.ts';
import type { DraftName } from '../storage/draft-rows.ts';
import type { Uploads } from '../storage/uploads.ts';

export interface CaseAttachmentsDependencies extends SettleDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly attachments: Pick<Attachments, 'records' | 'announce' | 'send' | 'withdraw'>;
  readonly uploads: Pick<Uploads, 'invite' | 'arrived' | 'remove'>;
  readonly log: Pick<AccessLog, 'addReading'>;
  readonly prefix: CasePrefix;
}

export interface HandingOverDependencies extends SettleDependencies {
  readonly attachments: Pick<Attachments, 'records' | 'send'>;
  readonly uploads: Pick<Uploads, 'arrived'>;
}

export interface Place extends Addition {
  /** Files of a case lie under its draft's id, as those that were sent with the form. */
  readonly holder: DraftName;
  readonly opened: OpenedCase;
}

export const placeOf = async (
  { parameters, session }: CitizenRequest,
  { cases, prefix }: Pick<CaseAttachmentsDependencies, 'cases' | 'prefix'>,
): Promise<Place> => {
  const caseNumber: CaseNumber =
    parseCaseNumber(prefix, parameters.caseNumber ?? '') ?? refuse({ kind: 'not-found' });
  const opened = (await cases.open(session.owner, caseNumber)) ?? refuse({ kind: 'not-found' });
  return {
    caseNumber,
    person: session.person,
    holder: { owner: session.owner, id: opened.content.draft },
    opened,
  };
};

/** The place for whoever does something there: by the role that its form asks for. Reading takes none. */
export const placeToAct = async (
  request: CitizenRequest,
  dependencies: Pick<CaseAttachmentsDependencies, 'cases' | 'prefix'>,
): Promise<Place> => {
  const place = await placeOf(request, dependencies);
  demandRole(request.session, place.opened.content.roles);
  return place;
};

/** Refuses `attachments-not-taken` where the service takes none, no answer could bring them, and once the case is over (R7.6). */
const demandOpen = ({ opened: { header, content, events } }: Place): void => {
  const isTaken =
    takesAttachments(header.status, content.attachable, events) ||
    conversation(header.status, events) === 'open';
  if (!isTaken) refuse({ kind: 'attachments-not-taken' });
};

const announce = async (
  request: CitizenRequest,
  dependencies: CaseAttachmentsDependencies,
): Promise<Answer> => {
  const { attachments, uploads } = dependencies;
  const announced = parse(attachmentRequest, request.body);
  const place = await placeToAct(request, dependencies);
  demandOpen(place);
  const { holder, caseNumber, person } = place;
  const { session } = request;
  const attachment: CaseAttachment = { id: randomUUID(), ...announced, state: 'uploaded' };
  await attachments.announce(holder, attachment, request.now, {
    caseNumber,
    person,
    ...(session.kind === 'organisation' && { name: session.identity.name }),
  });
  return created({
    attachment,
    upload: await uploads.invite(holder, attachment),
  } satisfies AttachmentAnswer);
};

/** What a colleague has not handed over yet is theirs alone. */
const isOpenTo = ({ person }: Pick<Place, 'person'>, file: FileRecord): boolean =>
  file.added !== 'staged' || file.person === person;

const hasArrived = async (
  { holder }: Place,
  file: FileRecord,
  { uploads }: HandingOverDependencies,
): Promise<boolean> => file.state !== 'uploaded' || uploads.arrived(holder, file);

/**
 * Hands a file over with the case, where `demand` does not refuse: the department hears of it as soon as it is found
 * clean. May be called again: what was handed over is not judged anew.
 */
export const handOver = async (
  place: Place,
  id: string,
  dependencies: HandingOverDependencies,
  now: EpochMs,
  demand: (place: Place) => unknown = demandOpen,
): Promise<FileRecord> => {
  const { attachments } = dependencies;
  const find = async () =>
    (await attachments.records(place.holder)).find(
      file => file.id === id && file.added && isOpenTo(place, file),
    ) ?? refuse({ kind: 'not-found' });
  const file = await find();
  if (file.added === 'sent') return file;
  await demand(place);
  // It may have left quarantine between the two looks.
  if (!(await hasArrived(place, file, dependencies)) && (await find()).state === 'uploaded')
    refuse({ kind: 'attachment-missing' });
  if (file.state === 'refused') refuse({ kind: 'attachment-refused', why: file.why ?? 'unreadable' });
  const sent = await attachments.send(place.holder, id, place, now);
  if (sent.state !== 'uploaded') await settle(sent, dependencies, now);
  return sent;
};

const send = async (request: CitizenRequest, dependencies: CaseAttachmentsDependencies): Promise<Answer> => {
  await handOver(await placeToAct(request, dependencies), attachmentOf(request), dependencies, request.now);
  return noContent();
};

const withdraw = async (
  request: CitizenRequest,
  dependencies: CaseAttachmentsDependencies,
): Promise<Answer> => {
  const id = attachmentOf(request);
  const place = await placeToAct(request, dependencies);
  await dependencies.attachments.withdraw(place.holder, id, place);
  await dependencies.uploads.remove(place.holder, id);
  return noContent();
};

const isShownHere = (file: FileRecord): boolean => file.caseNumber !== undefined;

/** Every file of the case by name, those that are still being added too. */
const list = async (request: CitizenRequest, dependencies: CaseAttachmentsDependencies): Promise<Answer> => {
  const place = await placeOf(request, dependencies);
  const { header, content, current, events } = place.opened;
  // Files may have come with a change, too.
  const { owner, id } = place.holder;
  const holders = new Set([id, ...current.attachments.map(file => file.draft ?? id)]);
  const records = [...holders].map(holder => dependencies.attachments.records({ owner, id: holder }));
  const files = (await Promise.all(records))
    .flat()
    .filter(file => isShownHere(file) && isOpenTo(place, file));
  await recordReading(request, place.caseNumber, 'case', dependencies.log);
  const items = await Promise.all(
    files.map(async file => ({
      ...(await toAttachment(dependencies.sealer, file)),
      ...(file.added === 'staged' && { staged: true as const }),
    })),
  );
  return ok({
    items,
    canAttach: takesAttachments(header.status, content.attachable, events),
  } satisfies CaseAttachmentsAnswer);
};

/** Files added to a sent case (R7.6): announced, uploaded, then handed over by its sender. */
export const serveCaseAttachments = (dependencies: CaseAttachmentsDependencies) =>
  routes<CitizenRequest>({
    'GET /api/cases/{caseNumber}/attachments': request => list(request, dependencies),
    'POST /api/cases/{caseNumber}/attachments': request => announce(request, dependencies),
    'PUT /api/cases/{caseNumber}/attachments/{attachment}': request => send(request, dependencies),
    'DELETE /api/cases/{caseNumber}/attachments/{attachment}': request => withdraw(request, dependencies),
  });
