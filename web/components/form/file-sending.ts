/** Takes files to the server: one request to announce, one to send (R6.6). What fails stays in sight, to be tried again. */
import { filesOf, maximumBytesOf, takesMany } from '../../../lambdas/domain/forms/files.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { FileAnswer } from '../../../lambdas/domain/forms/types.ts';
import type { AttachmentAnswer, AttachmentRequest } from '../../../lambdas/http/wire.ts';
import { ApiFailure, call } from '../../client/api.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { megabytesOf } from './file-size.ts';
import type { FieldProperties, Upload } from './form-view.ts';
import { sendFile, sha256, typeOf } from './upload.ts';

type Key = keyof typeof fi;

const pathOf = (draft: string): string => `drafts/${encodeURIComponent(draft)}/attachments`;

const postAttachment = (draft: string, attachment: AttachmentRequest) =>
  call<AttachmentAnswer>(pathOf(draft), { method: 'POST', body: attachment });

const deleteAttachment = (draft: string, id: string) =>
  call<void>(`${pathOf(draft)}/${encodeURIComponent(id)}`, { method: 'DELETE' });

const answerOf = (field: Field, file: File, id: string): FileAnswer => ({
  integrationID: id,
  fileName: file.name,
  fileType: Number(field.ui['misc:file-type'] ?? 0),
  size: file.size,
  isNewAttachment: true,
  isDeliveredLater: false,
  isIncludedInOtherFile: false,
});

const failureKey = (error: unknown): Key => {
  if (!(error instanceof ApiFailure)) return 'file.failed';
  if (error.kind === 'too-many-attachments') return 'file.tooMany';
  return error.errors.some(({ pointer }) => pointer === '/type') ? 'file.wrongType' : 'file.failed';
};

const withFile = (field: Field, value: unknown, file: FileAnswer): unknown =>
  takesMany(field) ? { files: [...filesOf(value), file] } : file;

const withoutFile = (field: Field, value: unknown, id: string): unknown => {
  const files = filesOf(value).filter(file => file.integrationID !== id);
  return takesMany(field) && files.length > 0 ? { files } : undefined;
};

const set = ({ view }: FieldProperties, key: string, change: Partial<Upload> | undefined): void =>
  view.files.setUploads(all =>
    all.flatMap(one => (one.key !== key ? [one] : change ? [{ ...one, ...change }] : [])),
  );

const send = async (properties: FieldProperties, { key, file }: Upload): Promise<void> => {
  const { field, view } = properties;
  const { files } = view;
  const t = texts<Key>();
  try {
    const { name, size } = file;
    const type = typeOf(file) ?? '';
    const announcement = { name, size, type, sha256: await sha256(file), field: field.pointer };
    if (!(await files.save())) throw new Error('the draft is not saved');
    const { attachment, upload } = await postAttachment(files.draft, announcement);
    await sendFile(upload, file, progress => set(properties, key, { progress }));
    set(properties, key, undefined);
    files.update(field.pointer, value => withFile(field, value, answerOf(field, file, attachment.id)));
    announce(t('file.arrived', { name }));
    await files.save();
  } catch (error) {
    set(properties, key, { failure: t(failureKey(error)) });
  }
};

/** Why a file need not even be tried. */
const unfitness = (field: Field, file: File): Key | undefined => {
  if (file.size > maximumBytesOf(field)) return 'file.tooLarge';
  if (file.size === 0) return 'file.empty';
  return typeOf(file) === undefined ? 'file.wrongType' : undefined;
};

export const addFile = (properties: FieldProperties, file: File): void => {
  const { field, view } = properties;
  const unfit = unfitness(field, file);
  const begun: Upload = { key: crypto.randomUUID(), pointer: field.pointer, file, progress: 0 };
  const upload = unfit
    ? {
        ...begun,
        failure: texts<Key>()(unfit, { megabytes: megabytesOf(field, view.language) }),
        isUnfit: true as const,
      }
    : begun;
  view.files.setUploads(all => [...all, upload]);
  if (!unfit) void send(properties, upload);
};

/** Takes away an upload that failed. */
export const dismiss = (properties: FieldProperties, { key }: Upload): void =>
  set(properties, key, undefined);

export const retry = (properties: FieldProperties, upload: Upload): void => {
  dismiss(properties, upload);
  addFile(properties, upload.file);
};

/** Takes away a file that had arrived. What stays behind on the server goes with the draft. */
export const removeFile = (
  { field, view }: FieldProperties,
  { integrationID: id, fileName: name }: FileAnswer,
): void => {
  view.files.update(field.pointer, value => withoutFile(field, value, id));
  announce(texts<Key>()('file.removed', { name }));
  void deleteAttachment(view.files.draft, id).catch(() => undefined);
};
