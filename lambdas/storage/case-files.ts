import type { CaseAttachment } from '../domain/case.ts';
import { attachmentsOfCase, type Custody } from '../domain/custody.ts';
import type { Attachments } from './attachments.ts';
import type { OpenedCase } from './cases.ts';

/** Under which draft a file of a case lies: its own, or the one in which the case was changed. */
export const holderOf = ({ draft }: CaseAttachment, { header, content }: OpenedCase) => ({
  owner: header.owner,
  id: draft ?? content.draft,
});

/** All files of a case as it is now, each with where it is. Asked only where there are any: most cases have none. */
export const filesOfCase = async (
  opened: OpenedCase,
  attachments: Pick<Attachments, 'custody'>,
): Promise<readonly CaseAttachment[]> => {
  const shown = { attachments: opened.current.attachments, events: opened.events };
  const files = attachmentsOfCase(shown, new Map());
  const holders = [...new Set(files.map(file => holderOf(file, opened).id))];
  const { owner } = opened.header;
  const known = await Promise.all(holders.map(id => attachments.custody({ owner, id })));
  return attachmentsOfCase(shown, new Map<string, Custody>(known.flatMap(one => [...one])));
};
