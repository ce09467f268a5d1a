/** What judging a large form costs beside the interpreter's own run over the same schema and answers. */
import { validate } from '@cfworker/json-schema';
import { holds } from '../../lambdas/domain/forms/interpret.ts';
import { everyField } from '../../lambdas/domain/forms/tree.ts';
import { validateAnswers } from '../../lambdas/domain/forms/validate.ts';
import { settle, stripHidden } from '../../lambdas/domain/forms/visible.ts';
import { filled } from '../forms/fill.ts';
import { largeForm } from '../forms/large-form.ts';

export interface FormsMeasure {
  /** Questions that can be answered. */
  readonly fields: number;
  /** Processor time of judging all answers (what is shown, sums, formats, every rule) over the interpreter's run alone. */
  readonly ratio: number;
  /** The same over a run of @cfworker/json-schema, a whole draft-07 interpreter. */
  readonly libraryRatio: number;
  readonly millisecondsPerForm: number;
}

const rounds = 15;
const warmUps = 500;
/** Of one sample: a thread's time is counted in steps of up to four milliseconds, which should be a small part of it. */
const runs = 1000;

/** Milliseconds of processor time of this thread: what else the machine does is left out. */
const processorTime = (work: () => unknown): number => {
  const before = process.threadCpuUsage();
  for (let run = 0; run < runs; run += 1) work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000 / runs;
};

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

export const measureForms = (): FormsMeasure => {
  const form = largeForm();
  const answers = stripHidden(form, filled(form, { yes: true }));
  const judge = () => validateAnswers(form, answers, { now: 0 });
  const interpret = () => holds(answers, form.schema);
  const library = () => validate(answers, form.schema as object, '7', undefined, false);
  if (judge().length > 0 || !interpret() || !library().valid)
    throw new Error('the large form is not filled in well');
  for (let run = 0; run < warmUps; run += 1) {
    judge();
    interpret();
  }
  const measured = Array.from({ length: rounds }, () => {
    const [ours, interpreted, theirs] = [judge, interpret, library].map(processorTime) as [
      number,
      number,
      number,
    ];
    return { ours, interpreted, theirs };
  });
  const ours = median(measured.map(sample => sample.ours));
  const asked = [...everyField(settle(form, answers).tree)].filter(({ control }) => control !== 'group');
  return {
    fields: asked.length,
    ratio: ours / median(measured.map(({ interpreted }) => interpreted)),
    libraryRatio: ours / median(measured.map(({ theirs }) => theirs)),
    millisecondsPerForm: ours,
  };
};
