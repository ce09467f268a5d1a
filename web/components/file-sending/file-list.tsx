import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { FileButton, FileLine, type Listed, Name } from './file-line.tsx';
import { dismiss, retry, type Sender, type Upload } from './sending.ts';

type Key = keyof typeof fi;

const Progress = ({ upload }: { readonly upload: Upload }) => {
  const t = texts<Key>();
  const { name, progress, isInterrupted } = upload;
  if (isInterrupted) return <span class="file-state">{t('files.again')}</span>;
  if (progress === undefined) return <span class="file-state">{t('files.waiting')}</span>;
  return (
    <span class="file-list__progress">
      <progress value={progress} max={1} aria-label={t('files.sending', { name })} />
      <span aria-hidden="true">{Math.round(progress * 100)} %</span>
    </span>
  );
};

interface UploadProperties {
  readonly upload: Upload;
  readonly sender: Sender;
  readonly onGone: () => void;
}

const UploadLine = ({ upload, sender, onGone }: UploadProperties) => {
  const { name, size, file, failure, isUnfit } = upload;
  const stop = () => {
    dismiss(sender, upload);
    onGone();
  };
  return (
    <li>
      <Name name={name} size={size} />
      {failure === undefined ? (
        <Progress upload={upload} />
      ) : (
        <span class="field__error" role="alert">
          <Icon name="error-fill" />
          {failure}
        </span>
      )}
      <span class="file-list__acts">
        {failure !== undefined && !isUnfit && file && (
          <FileButton
            text="files.retry"
            name={name}
            isQuiet={false}
            onPress={() => retry(sender, { ...upload, file })}
          />
        )}
        <FileButton
          text={failure === undefined ? 'files.cancel' : 'files.remove'}
          name={name}
          onPress={stop}
        />
      </span>
    </li>
  );
};

interface Properties {
  readonly files: readonly Listed[];
  readonly uploads: readonly Upload[];
  readonly sender: Sender;
  /** A button went with its line: focus needs another place. */
  readonly onGone: () => void;
}

/** What has arrived and what is on its way, each with what can be done about it. */
export const FileList = ({ files, uploads, sender, onGone }: Properties) => {
  if (files.length + uploads.length === 0) return null;
  return (
    <ul class="file-list">
      {files.map(file => (
        <FileLine key={file.id} {...file} />
      ))}
      {uploads.map(upload => (
        <UploadLine key={upload.key} upload={upload} sender={sender} onGone={onGone} />
      ))}
    </ul>
  );
};
