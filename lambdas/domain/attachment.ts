import * as z from 'zod/mini';
import { fieldPointer } from './draft.ts';
import { maximumBytes } from './file-kinds.ts';
import { fileTypes, typeOfName } from './file-types.ts';

/** Control characters, path separators and the marks that turn writing round (`gpj.exe` shown as `exe.jpg`). */
const unfitForName = /[\p{Cc}\p{Zl}\p{Zp}/\\\u202a-\u202e\u2066-\u2069]/u;

const announced = {
  name: z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(200),
    z.refine(name => !unfitForName.test(name)),
  ),
  /** Bytes. */
  size: z.int().check(z.gte(1), z.lte(maximumBytes)),
  type: z.enum(fileTypes() as readonly [string, ...string[]]),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
};

/** A name must claim what the type says; whether the bytes are so is judged when they are there. */
const isCalledSo = z.refine<{ readonly name: string; readonly type: string }>(
  ({ name, type }) => typeOfName(name) === type,
  { path: ['type'], error: 'name' },
);

/** `POST cases/{caseNumber}/attachments` */
export const attachmentRequest = z.object(announced).check(isCalledSo);

/** `POST drafts/{id}/attachments`; `field` is a JSON pointer into the answers. */
export const draftAttachmentRequest = z.object({ ...announced, field: fieldPointer }).check(isCalledSo);
