import { type FormView, fieldId } from '../../components/form/form-view.ts';

export interface FieldSummary {
  readonly id: string;
  readonly pointer: string;
  readonly text: string;
}

/** Errors for the summary, in the form's order; those of one page, or of all. */
export const summaryOf = ({ errors }: FormView, page?: string): readonly FieldSummary[] =>
  [...errors]
    .filter(([pointer]) => page === undefined || pointer.split('/')[1] === page)
    .map(([pointer, text]) => ({ id: fieldId(pointer), pointer, text }));
