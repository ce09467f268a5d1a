import { useEffect, useId, useState } from 'preact/hooks';
import { manyFiles } from '../../../lambdas/domain/forms/files.ts';
import type { CaseAttachmentsAnswer } from '../../../lambdas/http/wire/attachments.ts';
import { call } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type sendingTexts from '../../components/file-sending/fi.json';
import { FileLine } from '../../components/file-sending/file-line.tsx';
import { FileList } from '../../components/file-sending/file-list.tsx';
import { FilePicker } from '../../components/file-sending/file-picker.tsx';
import { useFileStates } from '../../components/file-sending/file-states.ts';
import { sendFiles, type Upload } from '../../components/file-sending/sending.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { caseFilesSender } from './case-files-sender.ts';
import type fi from './fi.json';

interface Properties {
  /** Of the case's attachments, below `/api/`. */
  readonly path: string;
  /** Ids of the files the case shows already. */
  readonly known: readonly string[];
  /** Fetches the case anew. */
  readonly onChanged: () => Promise<void>;
}

type File = CaseAttachmentsAnswer['items'][number];

/** Files that are not among the case's yet: being chosen, or handed over and still being checked. */
const useAdded = ({ path, known, onChanged }: Properties) => {
  const [files, setFiles] = useState<readonly File[]>([]);
  const load = async () => setFiles((await call<CaseAttachmentsAnswer>(path)).items);
  useEffect(() => void load().catch(() => undefined), [path]);
  const added = files.filter(({ id }) => !known.includes(id));
  const states = useFileStates(
    [path],
    added.map(({ id }) => id),
    // Once it is clean the case has an event of it, and shows the file itself.
    (id, { state }) => {
      if (state === 'checked' && added.some(file => file.id === id && !file.staged))
        void onChanged().catch(() => undefined);
    },
  );
  return { added: added.map(file => ({ ...file, custody: states.get(file.id) ?? file })), setFiles, load };
};

type Trouble = 'attach.none' | 'attach.busy' | 'attach.failed';

/** Files for a sent case (R7.6): chosen first, handed over when their sender says so. */
export const AddAttachments = (properties: Properties) => {
  const { path } = properties;
  const t = texts<keyof typeof fi | keyof typeof sendingTexts>();
  const id = useId();
  const { added, setFiles, load } = useAdded(properties);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const staged = added.filter(file => file.staged);
  const focusOnPicker = () => void setTimeout(() => focusById(id));

  const sender = caseFilesSender(path, {
    setUploads,
    arrived: ({ id, name, size }) => {
      setTrouble(undefined);
      const file = { id, name, size, sha256: '', type: '', state: 'uploaded', staged: true } as const;
      setFiles(all => [...all.filter(one => one.id !== id), file]);
    },
  });

  const remove = ({ id: file, name }: File) => {
    setFiles(all => all.filter(one => one.id !== file));
    announce(t('files.removed', { name }));
    void sender.remove(file).catch(() => undefined);
    focusOnPicker();
  };

  const send = async () => {
    const wanted = staged.filter(({ custody }) => custody.state !== 'refused');
    const isUnderWay = uploads.some(({ failure }) => failure === undefined);
    setTrouble(isUnderWay ? 'attach.busy' : wanted.length === 0 ? 'attach.none' : undefined);
    if (isSending || isUnderWay || wanted.length === 0) return;
    setSending(true);
    try {
      for (const file of wanted)
        await call<void>(`${path}/${encodeURIComponent(file.id)}`, { method: 'PUT' });
      announce(t('attach.sent', { count: wanted.length }));
      focusOnPicker();
    } catch {
      setTrouble('attach.failed');
    } finally {
      setSending(false);
      await load().catch(() => undefined);
      // What was checked before it was handed over is the case's at once.
      await properties.onChanged().catch(() => undefined);
    }
  };

  return (
    <div class="stack stack--s">
      <h5>{t('attach')}</h5>
      <p>{t('attach.lead')}</p>
      <FilePicker
        id={id}
        sender={sender}
        onTaken={async taken => sendFiles(sender, taken)}
        room={manyFiles - staged.length - uploads.filter(({ isUnfit }) => !isUnfit).length}
        most={manyFiles}
      />
      {added.length > staged.length && (
        <ul class="file-list">
          {added
            .filter(file => !file.staged)
            .map(file => (
              <FileLine key={file.id} {...file} />
            ))}
        </ul>
      )}
      <FileList
        files={staged.map(file => ({ ...file, onRemove: () => remove(file) }))}
        uploads={uploads}
        sender={sender}
        onGone={focusOnPicker}
      />
      <div role="alert">{trouble && <Notice kind="error" title={t(trouble)} />}</div>
      {(staged.length > 0 || uploads.length > 0) && (
        <div class="actions">
          <button
            type="button"
            class="hds-button hds-button--primary hds-button--small"
            aria-disabled={isSending}
            onClick={() => void send()}
          >
            {t('attach.send')}
          </button>
        </div>
      )}
    </div>
  );
};
