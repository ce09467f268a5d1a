import { useEffect, useId, useState } from 'preact/hooks';
import { manyFiles } from '../../../lambdas/domain/forms/files.ts';
import type { CaseAttachmentsAnswer } from '../../../lambdas/http/wire/attachments.ts';
import { ApiFailure, call } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type sendingTexts from '../../components/file-sending/fi.json';
import { FileList } from '../../components/file-sending/file-list.tsx';
import { FilePicker } from '../../components/file-sending/file-picker.tsx';
import { useFileStates } from '../../components/file-sending/file-states.ts';
import { sendFiles, type Upload } from '../../components/file-sending/sending.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { caseFilesSender } from './case-files-sender.ts';
import type fi from './fi.json';

interface Chosen {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** What goes with an answer. */
export interface ReplyFilesState {
  /** Ids of the files that are there and were not refused. */
  readonly ready: readonly string[];
  /** Some are still on their way. */
  readonly isBusy: boolean;
}

interface Properties {
  readonly caseNumber: string;
  readonly onChange: (state: ReplyFilesState) => void;
}

/** The server's word that there is nothing to take back; where nobody can tell more, it has gone its way. */
const isHandedOver = async (path: string, file: string): Promise<boolean> => {
  const known = await call<CaseAttachmentsAnswer>(path).catch(() => undefined);
  return known === undefined || known.items.some(({ id, staged }) => id === file && !staged);
};

/** Files for an answer: uploaded while it is written, handed over with it. What is not sent goes by itself within a day. */
export const ReplyFiles = ({ caseNumber, onChange }: Properties) => {
  const t = texts<keyof typeof fi | keyof typeof sendingTexts>();
  const id = useId();
  const path = `cases/${encodeURIComponent(caseNumber)}/attachments`;
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [handedOver, setHandedOver] = useState<readonly Chosen[]>([]);
  const states = useFileStates(
    [path],
    files.map(file => file.id),
  );
  const custodyOf = (file: Chosen) => states.get(file.id) ?? ({ state: 'uploaded' } as const);
  const ready = files.filter(file => custodyOf(file).state !== 'refused').map(file => file.id);
  const isBusy = uploads.some(({ failure }) => failure === undefined);
  useEffect(() => onChange({ ready, isBusy }), [ready.join(), isBusy]);
  const focusOnPicker = () => void setTimeout(() => focusById(id));

  const sender = caseFilesSender(path, {
    setUploads,
    arrived: ({ id: file, name, size }) =>
      setFiles(all => [...all.filter(one => one.id !== file), { id: file, name, size }]),
  });
  const remove = async (chosen: Chosen) => {
    const { id: file, name } = chosen;
    const failure = await sender.remove(file).catch((error: unknown) => error);
    // An answer that was not sent in the end may have handed it over.
    if (failure instanceof ApiFailure && failure.status === 404 && (await isHandedOver(path, file)))
      return setHandedOver(all => [...all, chosen]);
    setFiles(all => all.filter(one => one.id !== file));
    announce(t('files.removed', { name }));
    focusOnPicker();
  };
  const listed = (file: Chosen) => ({
    ...file,
    custody: custodyOf(file),
    ...(!handedOver.includes(file) && { onRemove: () => void remove(file) }),
  });

  return (
    <fieldset class="stack stack--s case__reply-files">
      <legend>{t('reply.files')}</legend>
      <FilePicker
        id={id}
        sender={sender}
        onTaken={async taken => sendFiles(sender, taken)}
        room={manyFiles - files.length - uploads.filter(({ isUnfit }) => !isUnfit).length}
        most={manyFiles}
      />
      <FileList files={files.map(listed)} uploads={uploads} sender={sender} onGone={focusOnPicker} />
      <div role="alert">
        {handedOver.map(({ id: file, name }) => (
          <Notice key={file} kind="alert" title={t('reply.files.sent', { name })} />
        ))}
      </div>
    </fieldset>
  );
};
