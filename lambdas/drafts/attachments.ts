import { randomUUID } from 'node:crypto';
import { draftAttachmentRequest } from '../domain/attachment.ts';
import type { CaseAttachment } from '../domain/case.ts';
import { demandRole } from '../domain/demand-role.ts';
import { fileFieldAt, misfit } from '../domain/forms/file-fields.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { AttachmentAnswer, AttachmentStates } from '../http/wire/attachments.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { DraftName } from '../storage/draft-rows.ts';
import type { Forms } from '../storage/forms.ts';
import type { Uploads } from '../storage/uploads.ts';
import { draftOf } from './drafts.ts';

export interface AttachmentsDependencies {
  readonly attachments: Pick<Attachments, 'draft' | 'announce' | 'custody' | 'remove'>;
  readonly forms: Pick<Forms, 'get'>;
  readonly uploads: Pick<Uploads, 'invite' | 'remove'>;
}

const wrong = (pointer: string, code: string): never =>
  refuse({ kind: 'invalid-request', errors: [{ pointer, code }] });

/** The form a draft is of, for whoever may use it. */
const formOf = async (
  draft: DraftName,
  { now, session }: CitizenRequest,
  { attachments, forms }: Pick<AttachmentsDependencies, 'attachments' | 'forms'>,
): Promise<CompiledForm> => {
  const { form, formVersion } = await attachments.draft(draft, now);
  const published = await forms.get(form, formVersion);
  demandRole(session, published.settings.roles);
  return published;
};

/** In one's own matters no role is asked for, and so no form. */
const demandRoleFor = async (
  draft: DraftName,
  request: CitizenRequest,
  dependencies: Pick<AttachmentsDependencies, 'attachments' | 'forms'>,
): Promise<void> => {
  if (request.session.kind === 'organisation') await formOf(draft, request, dependencies);
};

/** Holds the file against what its field takes; what the field may hold in all is judged when the form is sent. */
const checkField = (
  published: CompiledForm,
  { field, size, type }: { field: string; size: number; type: string },
): void => {
  const asking = fileFieldAt(published, field) ?? wrong('/field', 'unknown');
  const problem = misfit(asking, { size, type });
  if (problem) wrong(`/${problem}`, 'field');
};

/** Announces a file and says where to send it (R6.6). Whether it arrived is seen when the form is sent. */
const announce = async (request: CitizenRequest, dependencies: AttachmentsDependencies): Promise<Answer> => {
  const { attachments, uploads } = dependencies;
  const draft = draftOf(request);
  const { field, ...announced } = parse(draftAttachmentRequest, request.body);
  checkField(await formOf(draft, request, dependencies), { field, ...announced });
  const attachment: CaseAttachment = { id: randomUUID(), ...announced, state: 'uploaded' };
  await attachments.announce(draft, attachment, request.now);
  const upload = await uploads.invite(draft, attachment);
  return created({ attachment, upload } satisfies AttachmentAnswer);
};

/** We made it, so anything else is unknown; a text of any length would be no key of the table's. */
export const attachmentOf = ({ parameters: { attachment = '' } }: CitizenRequest): string =>
  /^[0-9a-f-]{36}$/.test(attachment) ? attachment : refuse({ kind: 'not-found' });

/** How far each file is; asked again and again while one is being checked, so nothing is unsealed for it. */
const list = async (request: CitizenRequest, dependencies: AttachmentsDependencies): Promise<Answer> => {
  const { attachments } = dependencies;
  const draft = draftOf(request);
  const [custody] = await Promise.all([
    attachments.custody(draft),
    request.session.kind === 'organisation'
      ? formOf(draft, request, dependencies)
      : attachments.draft(draft, request.now),
  ]);
  return ok({ items: [...custody].map(([id, state]) => ({ id, ...state })) } satisfies AttachmentStates);
};

const remove = async (request: CitizenRequest, dependencies: AttachmentsDependencies): Promise<Answer> => {
  const { attachments, uploads } = dependencies;
  const draft = draftOf(request);
  const id = attachmentOf(request);
  await demandRoleFor(draft, request, dependencies);
  await attachments.remove(draft, id, request.now);
  await uploads.remove(draft, id);
  return noContent();
};

export const serveAttachments = (dependencies: AttachmentsDependencies) =>
  routes<CitizenRequest>({
    'GET /api/drafts/{id}/attachments': request => list(request, dependencies),
    'POST /api/drafts/{id}/attachments': request => announce(request, dependencies),
    'DELETE /api/drafts/{id}/attachments/{attachment}': request => remove(request, dependencies),
  });
