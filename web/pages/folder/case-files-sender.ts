import { fileExtensions, maximumBytes } from '../../../lambdas/domain/file-kinds.ts';
import type { AttachmentAnswer } from '../../../lambdas/http/wire/attachments.ts';
import { call } from '../../client/api.ts';
import type { Sender } from '../../components/file-sending/sending.ts';

/** Sends files to a case's attachments, `path` below `/api/`. */
export const caseFilesSender = (
  path: string,
  { setUploads, arrived }: Pick<Sender, 'setUploads' | 'arrived'>,
): Sender => ({
  pointer: path,
  maximumBytes,
  extensions: fileExtensions,
  setUploads,
  announce: body => call<AttachmentAnswer>(path, { method: 'POST', body }),
  remove: file => call<void>(`${path}/${encodeURIComponent(file)}`, { method: 'DELETE' }),
  arrived,
});
