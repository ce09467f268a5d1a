/** What stands against sending, in words: fetched with the first answer, for there is nothing to say before. */
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { treeErrors } from '../../../lambdas/domain/forms/validate.ts';
import type { FieldError } from '../../../lambdas/domain/refusal.ts';
import { serverTime } from '../../client/server-time.ts';
import { texts as words } from '../../client/texts.ts';
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx';
import type { Upload } from '../../components/file-sending/sending.ts';
import { errorText } from '../../components/form/error-text.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';
import { summaryOf } from './summary.ts';
import type { Judgement, Refused, Tried } from './use-errors.ts';
import { review } from './use-steps.ts';

const pageOf = ({ pointer }: FieldError): string => pointer.split('/')[1] ?? '';

type Fields = ReadonlyMap<string, Field>;
const fieldsOf = (tree: Field): Fields => new Map([...everyField(tree)].map(field => [field.pointer, field]));

/** Of questions that are no more, that have moved or that are answered anew nothing stands. */
const standing = ({ errors, tree }: Refused, fields: Fields): readonly FieldError[] => {
  const before = fieldsOf(tree);
  const answer = (field: Field | undefined) => JSON.stringify(field?.value);
  return errors.filter(
    ({ pointer }) => fields.has(pointer) && answer(fields.get(pointer)) === answer(before.get(pointer)),
  );
};

/** A file on its way is no answer yet, and not missing either: sending waits for it. */
const isComing = ({ pointer, code }: FieldError, uploads: readonly Upload[]): boolean =>
  code === 'required' && uploads.some(one => one.pointer === pointer && one.failure === undefined);

/** Whoever goes on should know of each file chosen that it does not go along: it stands until it is taken from the list. */
const notTaken = (uploads: readonly Upload[], fields: Fields): readonly FieldError[] =>
  uploads
    .filter(({ failure, pointer }) => failure !== undefined && fields.has(pointer))
    .map(({ pointer }) => ({ pointer, code: 'notTaken' }));

export const judge = (
  form: CompiledForm,
  tree: Field,
  tried: Tried,
  refusal: Refused | undefined,
  uploads: readonly Upload[],
): Judgement => {
  const fields = fieldsOf(tree);
  const refused = refusal ? standing(refusal, fields) : [];
  const own = treeErrors(form, tree, serverTime()).filter(error => !isComing(error, uploads));
  // Of one field the last is shown: what the definition asks for goes before what was not taken.
  const found = [...notTaken(uploads, fields), ...own, ...refused];
  const isSeen = (error: FieldError) =>
    [review, pageOf(error)].some(step => tried.get(step)?.has(error.pointer)) || refused.includes(error);
  const view = { form, language: pageLanguage(), tree };
  const textsOf = (errors: readonly FieldError[]) =>
    new Map(
      errors.flatMap(({ pointer, code }) => {
        const field = fields.get(pointer);
        return field ? [[pointer, errorText(code, field, view)] as const] : [];
      }),
    );
  const texts = textsOf(found.filter(isSeen));
  return {
    texts,
    summary: (page, attempt) => {
      const errors = summaryOf(texts, view, page);
      const title = words<keyof typeof fi>()('errors', { count: errors.length });
      return <ErrorSummary title={title} errors={errors} attempt={attempt} />;
    },
    standing: () => textsOf(found),
    isFree: step => !found.some(error => step === review || pageOf(error) === step),
  };
};
