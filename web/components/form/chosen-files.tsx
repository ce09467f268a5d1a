import { useRef } from 'preact/hooks';
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import { filesOf, takesMany } from '../../../lambdas/domain/forms/files.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { FileAnswer } from '../../../lambdas/domain/forms/types.ts';
import type { AttachmentAnswer, AttachmentRequest } from '../../../lambdas/http/wire/attachments.ts';
import { ApiFailure, call } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type sendingTexts from '../file-sending/fi.json';
import { FileList } from '../file-sending/file-list.tsx';
import type { Ground } from '../file-sending/file-picker.tsx';
import { type FileState, useFileStates } from '../file-sending/file-states.ts';
import { type Arrived, type Sendable, type Sender, sendFiles, type Upload } from '../file-sending/sending.ts';
import { type FieldProperties, fieldId } from './form-view.ts';

type Key = keyof typeof sendingTexts;

interface Sending extends FieldProperties {
  readonly sender: Ground;
}

const pathOf = (draft: string): string => `drafts/${encodeURIComponent(draft)}/attachments`;

/** In a change of a sent case some files are the case's already. */
const placesOf = (draft: string): readonly string[] => {
  const amends = amendmentOf(draft);
  const own = pathOf(draft);
  return amends ? [own, `cases/${amends.caseNumber}/attachments`] : [own];
};

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
  if (files.length === filesOf(value).length) return value;
  return takesMany(field) && files.length > 0 ? { files } : undefined;
};

/** Sends for a field of the form: a file belongs to the draft, so that must be on the server first. */
const senderOf = ({ field, view, sender }: Sending): Sender => {
  const { files } = view;
  return {
    ...sender,
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

export const send = (properties: Sending, uploads: readonly Sendable[]): void =>
  sendFiles(senderOf(properties), uploads);

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

/** One that was refused answers nothing and takes nobody's place; it stays in sight with the reason until it is taken away. */
const refuse = ({ field, view, sender }: Sending, file: FileAnswer, failure: string): void => {
  const { integrationID: key, fileName: name, size } = file;
  view.files.update(field.pointer, value => withoutFile(field, value, key));
  sender.setUploads(all => [...all, { key, pointer: field.pointer, name, size, failure, isUnfit: true }]);
};

const tell =
  (now: () => Properties) =>
  (id: string, { state, why }: FileState) => {
    const t = texts<Key>();
    const properties = now();
    const file = properties.files.find(({ integrationID }) => integrationID === id);
    if (!file) return;
    const name = file.fileName;
    if (state !== 'refused') return announce(t('files.checked', { name }));
    const reason = t(`files.refused.${why ?? 'unreadable'}`);
    announce(t('files.refused', { name, why: reason }));
    refuse(properties, file, reason);
  };

interface Properties extends Sending {
  readonly files: readonly FileAnswer[];
  readonly uploads: readonly Upload[];
}

/** Files of a field, arrived or on their way. */
export const ChosenFiles = (properties: Properties) => {
  const { files, uploads, view } = properties;
  const sender = senderOf(properties);
  // Items of a list move while a file is being checked, and the pointer with them.
  const latest = useRef(properties);
  latest.current = properties;
  const ids = files.map(({ integrationID }) => integrationID);
  const states = useFileStates(
    placesOf(view.files.draft),
    ids,
    tell(() => latest.current),
  );
  return (
    <FileList
      files={files.map(file => ({
        id: file.integrationID,
        name: file.fileName,
        size: file.size,
        custody: states.get(file.integrationID) ?? { state: 'uploaded' },
        onRemove: () => remove(properties, sender, file),
      }))}
      uploads={uploads}
      sender={sender}
      onGone={() => focusOnPicker(properties)}
    />
  );
};
