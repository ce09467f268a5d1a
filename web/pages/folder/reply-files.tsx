import { useEffect, useId, useState } from 'preact/hooks';
import { fileExtensions, maximumBytes } from '../../../lambdas/domain/file-kinds.ts';
import { manyFiles } from '../../../lambdas/domain/forms/files.ts';
import type { AttachmentAnswer } from '../../../lambdas/http/wire.ts';
import { call } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type sendingTexts from '../../components/file-sending/fi.json';
import { FileList } from '../../components/file-sending/file-list.tsx';
import { FilePicker } from '../../components/file-sending/file-picker.tsx';
import { useFileStates } from '../../components/file-sending/file-states.ts';
import { type Sender, sendFiles, type Upload } from '../../components/file-sending/sending.ts';
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

/** Files for an answer: uploaded while it is written, handed over with it. What is not sent goes by itself within a day. */
export const ReplyFiles = ({ caseNumber, onChange }: Properties) => {
  const t = texts<keyof typeof fi | keyof typeof sendingTexts>();
  const id = useId();
  const path = `cases/${encodeURIComponent(caseNumber)}/attachments`;
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const states = useFileStates(
    path,
    files.map(file => file.id),
  );
  const custodyOf = (file: Chosen) => states.get(file.id) ?? ({ state: 'uploaded' } as const);
  const ready = files.filter(file => custodyOf(file).state !== 'refused').map(file => file.id);
  const isBusy = uploads.some(({ failure }) => failure === undefined);
  useEffect(() => onChange({ ready, isBusy }), [ready.join(), isBusy]);
  const focusOnPicker = () => void setTimeout(() => focusById(id));

  const sender: Sender = {
    pointer: path,
    maximumBytes,
    extensions: fileExtensions,
    setUploads,
    announce: body => call<AttachmentAnswer>(path, { method: 'POST', body }),
    remove: file => call<void>(`${path}/${encodeURIComponent(file)}`, { method: 'DELETE' }),
    arrived: ({ id: file, name, size }) =>
      setFiles(all => [...all.filter(one => one.id !== file), { id: file, name, size }]),
  };
  const remove = ({ id: file, name }: Chosen) => {
    setFiles(all => all.filter(one => one.id !== file));
    announce(t('files.removed', { name }));
    void sender.remove(file).catch(() => undefined);
    focusOnPicker();
  };

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
      <FileList
        files={files.map(file => ({ ...file, custody: custodyOf(file), onRemove: () => remove(file) }))}
        uploads={uploads}
        sender={sender}
        onGone={focusOnPicker}
      />
    </fieldset>
  );
};
