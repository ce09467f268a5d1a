import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { type FormView, fieldId, itemTitle } from '../../components/form/form-view.ts';

export interface FieldSummary {
  readonly id: string;
  readonly pointer: string;
  readonly text: string;
}

type Ground = Pick<FormView, 'form' | 'language' | 'tree'>;

/** Which of the repeats a field is in, outermost first: `Sisarus 2: Nimi`. */
const fullName = (pointer: string, name: string, view: Ground): string => {
  const names: string[] = [];
  let at: Field | undefined = view.tree;
  while (at) {
    const inner: Field | undefined = at.fields.find(
      holder => pointer === holder.pointer || pointer.startsWith(`${holder.pointer}/`),
    );
    if (inner && at.control === 'list') names.push(itemTitle(at, inner, at.fields.indexOf(inner), view));
    at = inner;
  }
  return [...names, name].join(': ');
};

/** Errors for the summary, in the form's order; those of one page, or of all. Repeats are named: `Sisarus 2: …`. */
export const summaryOf = (
  texts: ReadonlyMap<string, string>,
  view: Ground,
  page?: string,
): readonly FieldSummary[] =>
  [...texts]
    .filter(([pointer]) => page === undefined || pointer.split('/')[1] === page)
    .map(([pointer, text]) => ({ id: fieldId(pointer), pointer, text: fullName(pointer, text, view) }));
