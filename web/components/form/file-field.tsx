import { useRef } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { filesOf, maximumFiles, takesMany } from '../../../lambdas/domain/forms/files.ts';
import { focusById } from '../../client/focus.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { addFile, dismiss, removeFile, retry } from './file-sending.ts';
import { kilobytes, megabytesOf } from './file-size.ts';
import { type FieldProperties, fieldId, type Upload } from './form-view.ts';

/** What the department can open. The server judges; this only helps to pick. */
const accepted =
  '.pdf,.doc,.docx,.rtf,.odt,.ods,.xls,.xlsx,.pptx,.csv,.txt,.jpg,.jpeg,.png,.gif,.heic,.tif,.tiff,image/*';

/** The pressed button goes with its file; a full picker becomes usable only once the page is drawn again. */
const focusOnPicker = ({ field }: FieldProperties): void =>
  void setTimeout(() => focusById(fieldId(field.pointer)));

const UploadLine = (properties: FieldProperties & { upload: Upload }) => {
  const { upload } = properties;
  const t = texts<keyof typeof fi>();
  const {
    file: { name },
    progress,
    failure,
    isUnfit,
  } = upload;
  return (
    <li>
      <span>{name}</span>
      {failure === undefined ? (
        <progress value={progress} max={1} aria-label={t('file.sending', { name })} />
      ) : (
        <>
          <span class="field__error" role="alert">
            {failure}
          </span>
          {!isUnfit && (
            <button
              type="button"
              class="hds-button hds-button--small hds-button--secondary"
              onClick={() => retry(properties, upload)}
            >
              {t('file.retry')}
              <span class="visually-hidden">: {name}</span>
            </button>
          )}
          <button
            type="button"
            class="hds-button hds-button--small hds-button--supplementary"
            onClick={() => {
              dismiss(properties, upload);
              focusOnPicker(properties);
            }}
          >
            {t('remove')}
            <span class="visually-hidden">: {name}</span>
          </button>
        </>
      )}
    </li>
  );
};

const uploadsOf = ({ field, view }: FieldProperties): readonly Upload[] =>
  view.files.uploads.filter(({ pointer }) => pointer === field.pointer);

const Files = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const files = filesOf(valueAt(view.answers, field.pointer));
  const uploads = uploadsOf(properties);
  if (files.length + uploads.length === 0) return null;
  return (
    <ul class="file-list">
      {files.map(file => (
        <li key={file.integrationID}>
          <Icon name="paperclip" />
          <span>
            {file.fileName} <span class="muted">({kilobytes(file.size, view.language)})</span>
          </span>
          <span class="status">{t('file.uploaded')}</span>
          <button
            type="button"
            class="hds-button hds-button--small hds-button--supplementary"
            onClick={() => {
              removeFile(properties, file);
              focusOnPicker(properties);
            }}
          >
            <Icon name="trash" />
            {t('remove')}
            <span class="visually-hidden">: {file.fileName}</span>
          </button>
        </li>
      ))}
      {uploads.map(upload => (
        <UploadLine key={upload.key} upload={upload} {...properties} />
      ))}
    </ul>
  );
};

/** "It comes later", "it is in another file": an answer too, where the city allows it. */
const Promises = ({ field, view }: FieldProperties) => {
  const t = texts<keyof typeof fi>();
  const value = valueAt(view.answers, field.pointer) as Readonly<Record<string, unknown>> | undefined;
  const promises = [
    ['isDeliveredLater', 'file.later'],
    ['isIncludedInOtherFile', 'file.included'],
  ] as const;
  if (field.ui['misc:variant'] === 'simple' || filesOf(value).length > 0) return null;
  return (
    <>
      {promises.map(([name, text]) => {
        const id = `${fieldId(field.pointer)}-${name}`;
        return (
          <div class="hds-checkbox" key={name}>
            <input
              type="checkbox"
              class="hds-checkbox__input"
              id={id}
              checked={value?.[name] === true}
              onChange={event =>
                view.change(field.pointer, event.currentTarget.checked ? { [name]: true } : undefined)
              }
            />
            <label class="hds-checkbox__label" for={id}>
              {t(text)}
            </label>
          </div>
        );
      })}
    </>
  );
};

/** Attachments: picked, sent at once, named. The picker is the browser's own, so that a phone offers its camera. */
export const FileField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const input = useRef<HTMLInputElement>(null);
  const count = filesOf(valueAt(view.answers, field.pointer)).length + uploadsOf(properties).length;
  const most = maximumFiles(field);
  const pick = () => {
    const { files } = input.current ?? {};
    for (const file of [...(files ?? [])].slice(0, most - count)) addFile(properties, file);
    if (input.current) input.current.value = '';
  };
  return (
    <FieldFrame {...properties}>
      <input
        id={fieldId(field.pointer)}
        ref={input}
        class="visually-hidden form-file"
        type="file"
        accept={accepted}
        multiple={takesMany(field)}
        disabled={count >= most}
        {...controlState(properties)}
        onChange={pick}
      />
      {/* The browser's own button speaks the browser's language; this one speaks the page's. */}
      <label class="hds-button hds-button--secondary form-file__open" for={fieldId(field.pointer)}>
        <Icon name="paperclip" />
        {t('file.choose')}
      </label>
      <p class="field__hint">
        {t('file.limits', { count: most, megabytes: megabytesOf(field, view.language) })}
      </p>
      <Files {...properties} />
      <Promises {...properties} />
    </FieldFrame>
  );
};
