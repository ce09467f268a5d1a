import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { FileLine } from '../../components/file-sending/file-line.tsx';
import { useFileStates } from '../../components/file-sending/file-states.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** Most cases take none: what sends files is fetched where one can be added. */
const AddAttachments = lazily(() => import('./add-attachments.tsx').then(part => part.AddAttachments));

interface Properties {
  readonly shown: CaseAnswer;
  /** Fetches the case anew. */
  readonly onChanged: () => Promise<void>;
}

/** By name, each with how far it is on its way; they cannot be opened in the folder (R7.6). */
export const Attachments = ({ shown, onChanged }: Properties) => {
  const t = texts<keyof typeof fi>();
  const { attachments, canAttach, caseNumber } = shown;
  const path = `cases/${encodeURIComponent(caseNumber)}/attachments`;
  const pending = attachments.filter(({ state }) => state === 'uploaded').map(({ id }) => id);
  const states = useFileStates([path], pending);
  if (attachments.length === 0 && !canAttach) return null;
  return (
    <Part title={t('attachments')}>
      {attachments.length > 0 && (
        <>
          <p class="muted">{t('attachments.closed')}</p>
          <ul class="file-list">
            {attachments.map(file => (
              <FileLine key={file.id} {...file} custody={states.get(file.id) ?? file} />
            ))}
          </ul>
        </>
      )}
      {canAttach && (
        <AddAttachments path={path} known={attachments.map(({ id }) => id)} onChanged={onChanged} />
      )}
    </Part>
  );
};
