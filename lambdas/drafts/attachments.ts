import { randomUUID } from 'node:crypto';
import type { CaseAttachment } from '../domain/case.ts';
import { attachmentRequest } from '../domain/draft.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, created, noContent } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { AttachmentAnswer } from '../http/wire.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { Uploads } from '../storage/uploads.ts';
import { draftOf } from './drafts.ts';

export interface AttachmentsDependencies {
  readonly attachments: Attachments;
  readonly uploads: Pick<Uploads, 'invite' | 'remove'>;
}

/** Announces a file and says where to send it (R6.6). Whether it arrived is seen when the form is sent. */
const announce = async (
  request: CitizenRequest,
  { attachments, uploads }: AttachmentsDependencies,
): Promise<Answer> => {
  const draft = draftOf(request);
  const { name, size, type, sha256 } = parse(attachmentRequest, request.body);
  const attachment: CaseAttachment = { id: randomUUID(), name, size, type, sha256, state: 'uploaded' };
  await attachments.announce(draft, attachment, request.now);
  const upload = await uploads.invite(draft, attachment);
  return created({ attachment, upload } satisfies AttachmentAnswer);
};

/** We made it, so anything else is unknown; a text of any length would be no key of the table's. */
const attachmentOf = ({ parameters: { attachment = '' } }: CitizenRequest): string =>
  /^[0-9a-f-]{36}$/.test(attachment) ? attachment : refuse({ kind: 'not-found' });

const remove = async (
  request: CitizenRequest,
  { attachments, uploads }: AttachmentsDependencies,
): Promise<Answer> => {
  const draft = draftOf(request);
  const id = attachmentOf(request);
  await attachments.remove(draft, id, request.now);
  await uploads.remove(draft, id);
  return noContent();
};

export const serveAttachments = (dependencies: AttachmentsDependencies) =>
  routes<CitizenRequest>({
    'POST /api/drafts/{id}/attachments': request => announce(request, dependencies),
    'DELETE /api/drafts/{id}/attachments/{attachment}': request => remove(request, dependencies),
  });
