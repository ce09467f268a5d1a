/** The files of all answers together; what one field takes and holds is in `files.ts`. */
import { isObject } from './answers.ts';
import { filesOf, isFile } from './files.ts';
import { everyField } from './tree.ts';
import type { Answers, CompiledForm } from './types.ts';
import { settle } from './visible.ts';

export interface AttachmentReference {
  /** JSON pointer of the field. */
  readonly pointer: string;
  /** Id of the attachment. */
  readonly id: string;
  readonly name: string;
}

/** Every attachment the visible answers name; each must be there before the form is accepted. */
export const attachmentsOf = (form: CompiledForm, answers: Answers): readonly AttachmentReference[] =>
  [...everyField(settle(form, answers).tree)]
    .filter(field => field.control === 'file')
    .flatMap(({ pointer, value }) =>
      filesOf(value).map(({ integrationID: id, fileName: name }) => ({
        pointer,
        id,
        name: String(name ?? ''),
      })),
    );

/** As answered without a file, shown or hidden. */
export const withoutFiles = (answers: Answers): Answers => strip(answers) as Answers;
const strip = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter(item => !isFile(item)).map(strip);
  if (!isObject(value)) return value;
  const others = Object.entries(value).filter(([, one]) => filesOf(one).length === 0);
  return Object.fromEntries(others.map(([name, one]) => [name, strip(one)]));
};
