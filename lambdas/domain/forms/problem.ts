/** Something wrong in a form's files. */
export interface FormProblem {
  readonly file: string;
  /** RFC 6901, into the file. */
  readonly pointer: string;
  readonly reason: string;
  /**
   * `error`: cannot be published. `gap`: a text is missing; the form works and shows another language's text, or the
   * key itself. `note`: nothing a citizen would notice.
   */
  readonly severity: 'error' | 'gap' | 'note';
}

/** Collects problems of one file. */
export interface Reporter {
  error(pointer: string, reason: string): void;
  gap(pointer: string, reason: string): void;
  note(pointer: string, reason: string): void;
}

export const reporter = (file: string, problems: FormProblem[]): Reporter => {
  const report = (severity: FormProblem['severity']) => (pointer: string, reason: string) => {
    const known = problems.some(
      problem => problem.file === file && problem.pointer === pointer && problem.reason === reason,
    );
    if (!known) problems.push({ file, pointer, reason, severity });
  };
  return { error: report('error'), gap: report('gap'), note: report('note') };
};
