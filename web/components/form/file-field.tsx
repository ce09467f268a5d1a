import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { extensionsOf } from '../../../lambdas/domain/forms/file-extensions.ts';
import { filesOf, maximumBytesOf, maximumFiles } from '../../../lambdas/domain/forms/files.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { FilePicker } from '../file-sending/file-picker.tsx';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { type FieldProperties, fieldId } from './form-view.ts';

type Key = keyof typeof fi;

/** Fetched with the first file. */
const ChosenFiles = lazily(() => import('./chosen-files.tsx').then(part => part.ChosenFiles));

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
  const sender = {
    pointer: field.pointer,
    maximumBytes: maximumBytesOf(field),
    extensions: extensionsOf(field),
    setUploads: view.files.setUploads,
  };
  const files = filesOf(valueAt(view.answers, field.pointer));
  const uploads = view.files.uploads.filter(({ pointer }) => pointer === field.pointer);
  const most = maximumFiles(field);
  const room = most - files.length - uploads.filter(({ isUnfit }) => !isUnfit).length;
  return (
    <FieldFrame {...properties}>
      <FilePicker
        id={fieldId(field.pointer)}
        sender={sender}
        onTaken={async taken => (await import('./chosen-files.tsx')).send({ ...properties, sender }, taken)}
        room={room}
        most={most}
        state={controlState(properties)}
      />
      {(files.length > 0 || uploads.length > 0) && (
        <ChosenFiles {...properties} files={files} uploads={uploads} sender={sender} />
      )}
      <Promises {...properties} />
    </FieldFrame>
  );
};
