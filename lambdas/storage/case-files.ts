import type { CaseAttachment } from '../domain/case.ts';
import { attachmentsOfCase, type Custody } from '../domain/custody.ts';
import type { Attachments } from './attachments.ts';
import type { OpenedCase } from './cases.ts';

/** Under which draft a file of a case lies: its own, or the one in which the case was changed. */
export const holderOf = ({ draft }: CaseAttachment, { header, content }: OpenedCase) => ({
  owner: header.owner,
  id: draft ?? content.draft,
});

/** Each with where it is. Asked only where there are any: most cases have none. */
const withCustody = async (
  sent: readonly CaseAttachment[],
  opened: OpenedCase,
  attachments: Pick<Attachments, 'custody'>,
): Promise<readonly CaseAttachment[]> => {
  const shown = { attachments: sent, events: opened.events };
  const files = attachmentsOfCase(shown, new Map());
  const holders = [...new Set(files.map(file => holderOf(file, opened).id))];
  const { owner } = opened.header;
  const known = await Promise.all(holders.map(id => attachments.custody({ owner, id })));
  return attachmentsOfCase(shown, new Map<string, Custody>(known.flatMap(one => [...one])));
};

/** All files of a case as it is now. */
export const filesOfCase = (opened: OpenedCase, attachments: Pick<Attachments, 'custody'>) =>
  withCustody(opened.current.attachments, opened, attachments);

/** Those too that a change has left out: a department is shown what was sent first, and that names them. */
export const filesEverSent = (opened: OpenedCase, attachments: Pick<Attachments, 'custody'>) => {
  const { content, current } = opened;
  const later = current.attachments.filter(({ id }) => content.attachments.every(file => file.id !== id));
  return withCustody([...content.attachments, ...later], opened, attachments);
};
