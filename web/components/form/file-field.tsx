import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { extensionsOf } from '../../../lambdas/domain/forms/file-fields.ts';
import { filesOf, maximumBytesOf, maximumFiles, takesMany } from '../../../lambdas/domain/forms/files.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { FileAnswer } from '../../../lambdas/domain/forms/types.ts';
import type { AttachmentAnswer, AttachmentRequest } from '../../../lambdas/http/wire.ts';
import { ApiFailure, call } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type sendingTexts from '../file-sending/fi.json';
import { FileList } from '../file-sending/file-list.tsx';
import { FilePicker } from '../file-sending/file-picker.tsx';
import { type FileState, useFileStates } from '../file-sending/file-states.ts';
import type { Arrived, Sender } from '../file-sending/sending.ts';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { type FieldProperties, fieldId } from './form-view.ts';

type Key = keyof typeof fi | keyof typeof sendingTexts;

const pathOf = (draft: string): string => `drafts/${encodeURIComponent(draft)}/attachments`;

const answerOf = (field: Field, { id, name, size }: Arrived): FileAnswer => ({
  integrationID: id,
  fileName: name,
  fileType: Number(field.ui['misc:file-type'] ?? 0),
  size,
  isNewAttachment: true,
  isDeliveredLater: false,
  isIncludedInOtherFile: false,
});

const withFile = (field: Field, value: unknown, file: FileAnswer): unknown =>
  takesMany(field) ? { files: [...filesOf(value), file] } : file;

const withoutFile = (field: Field, value: unknown, id: string): unknown => {
  const files = filesOf(value).filter(file => file.integrationID !== id);
  return takesMany(field) && files.length > 0 ? { files } : undefined;
};

/** Sends for a field of the form: a file belongs to the draft, so that must be on the server first. */
const senderOf = ({ field, view }: FieldProperties): Sender => {
  const { files } = view;
  return {
    pointer: field.pointer,
    maximumBytes: maximumBytesOf(field),
    extensions: extensionsOf(field),
    setUploads: files.setUploads,
    announce: async file => {
      if (!(await files.save())) throw new ApiFailure('network', 0);
      const body: AttachmentRequest = { ...file, field: field.pointer };
      return call<AttachmentAnswer>(pathOf(files.draft), { method: 'POST', body });
    },
    remove: id => call<void>(`${pathOf(files.draft)}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    arrived: file => {
      files.update(field.pointer, value => withFile(field, value, answerOf(field, file)));
      void files.save();
    },
  };
};

/** The pressed button goes with its file; a full picker becomes usable only once the page is drawn again. */
const focusOnPicker = ({ field }: FieldProperties): void =>
  void setTimeout(() => focusById(fieldId(field.pointer)));

/** What stays behind on the server when it cannot be taken away now goes with the draft. */
const remove = (properties: FieldProperties, sender: Sender, file: FileAnswer): void => {
  const { field, view } = properties;
  const { integrationID: id, fileName: name } = file;
  view.files.update(field.pointer, value => withoutFile(field, value, id));
  announce(texts<Key>()('files.removed', { name }));
  void sender.remove(id).catch(() => undefined);
  focusOnPicker(properties);
};

const tell =
  (files: readonly FileAnswer[]) =>
  (id: string, { state, why }: FileState) => {
    const t = texts<Key>();
    const name = files.find(file => file.integrationID === id)?.fileName ?? '';
    if (state === 'refused')
      announce(t('files.refused', { name, why: t(`files.refused.${why ?? 'unreadable'}`) }));
    else announce(t('files.checked', { name }));
  };

const Files = (properties: FieldProperties & { readonly sender: Sender }) => {
  const { field, view, sender } = properties;
  const files = filesOf(valueAt(view.answers, field.pointer));
  const ids = files.map(({ integrationID }) => integrationID);
  const states = useFileStates(pathOf(view.files.draft), ids, tell(files));
  return (
    <FileList
      files={files.map(file => ({
        id: file.integrationID,
        name: file.fileName,
        size: file.size,
        custody: states.get(file.integrationID) ?? { state: 'uploaded' },
        onRemove: () => remove(properties, sender, file),
      }))}
      uploads={view.files.uploads.filter(({ pointer }) => pointer === field.pointer)}
      sender={sender}
      onGone={() => focusOnPicker(properties)}
    />
  );
};

/** "It comes later", "it is in another file": an answer too, where the city allows it. */
const Promises = ({ field, view }: FieldProperties) => {
  const t = texts<Key>();
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

/** Attachments of a form (R6.6): sent at once, each with how far it is on its way. */
export const FileField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const sender = senderOf(properties);
  const under = view.files.uploads.filter(({ pointer, isUnfit }) => pointer === field.pointer && !isUnfit);
  const most = maximumFiles(field);
  const room = most - filesOf(valueAt(view.answers, field.pointer)).length - under.length;
  return (
    <FieldFrame {...properties}>
      <FilePicker
        id={fieldId(field.pointer)}
        sender={sender}
        room={room}
        most={most}
        state={controlState(properties)}
      />
      <Files {...properties} sender={sender} />
      <Promises {...properties} />
    </FieldFrame>
  );
};
