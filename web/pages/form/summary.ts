import { type FormView, fieldId, fullName } from '../../components/form/form-view.ts';

export interface FieldSummary {
  readonly id: string;
  readonly pointer: string;
  readonly text: string;
}

/** Errors for the summary, in the form's order; those of one page, or of all. Repeats are named: `Sisarus 2: …`. */
export const summaryOf = (view: FormView, page?: string): readonly FieldSummary[] =>
  [...view.errors]
    .filter(([pointer]) => page === undefined || pointer.split('/')[1] === page)
    .map(([pointer, text]) => ({ id: fieldId(pointer), pointer, text: fullName(pointer, text, view) }));
