import type { CaseAttachment, CaseContent, CaseEvent } from './case.ts';
import type { Status } from './status.ts';

/** Files of one draft, and of the case that comes of it, in all; a field takes ten. */
export const attachmentLimit = 50;

/** Where a file is, and why it went where it was taken away. */
export type Custody = Pick<CaseAttachment, 'state' | 'why'>;

type Shown = Pick<CaseContent, 'attachments'> & { readonly events: readonly CaseEvent[] };

/** All files of a case, those sent with the form first; `custody` says where each is now. */
export const attachmentsOfCase = (
  { attachments, events }: Shown,
  custody: ReadonlyMap<string, Custody>,
): readonly CaseAttachment[] => {
  const added = events.flatMap(event => (event.type === 'attachment' ? [event.attachment] : []));
  return [...attachments, ...added].map(file => ({ state: 'uploaded', ...file, ...custody.get(file.id) }));
};

/**
 * Whether files can be added to a sent case (R7.6): where its service allows it, or a department has asked for
 * something; never once it is over.
 */
export const takesAttachments = (
  status: Status,
  isAllowed: boolean,
  events: readonly Pick<CaseEvent, 'type'>[],
): boolean =>
  status !== 'closed' &&
  status !== 'cancelled' &&
  (isAllowed || events.some(({ type }) => type === 'request'));
