/** What two versions of a draft answer differently, and which of the two a person takes of each. */
import { useId } from 'preact/hooks';
import { valueAt, withValue } from '../../../lambdas/domain/forms/answers.ts';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import { texts } from '../../client/texts.ts';
import { words } from '../../components/form/answers-view.tsx';
import { type FormView, nameOf } from '../../components/form/form-view.ts';
import type fi from './fi.json';

export type Side = 'mine' | 'theirs';

export interface Difference extends Readonly<Record<Side, string>> {
  readonly pointer: string;
  readonly name: string;
}

/** By pointer. */
export type Picks = Readonly<Record<string, Side>>;

const unasked = ['paragraph', 'hidden', 'sum'];

/** What is taken as a whole: an answer, or a list; items of two lists are not each other's. */
const unitsOf = (field: Field): readonly Field[] => {
  if (field.control === 'group') return field.fields.flatMap(unitsOf);
  return unasked.includes(field.control) ? [] : [field];
};

const said = (field: Field | undefined, view: FormView): string => {
  if (field === undefined) return '';
  if (field.control !== 'list') return words({ field, shown: view });
  const answered = (item: Field) =>
    [...everyField(item)]
      .filter(({ control }) => control !== 'group' && control !== 'list' && !unasked.includes(control))
      .map(inner => words({ field: inner, shown: view }))
      .filter(text => text !== '')
      .join(', ');
  return field.fields.map((item, index) => `${index + 1}. ${answered(item) || '–'}`).join('\n');
};

/** In the form's order; what only the other asks comes last. `form`: the version the other answers were saved under. */
export const differencesOf = (
  view: FormView,
  answers: Answers,
  form: CompiledForm = view.form,
): readonly Difference[] => {
  const other = { ...view, form };
  const at = (tree: Field) => new Map(unitsOf(tree).map(field => [field.pointer, field]));
  const [ours, others] = [at(view.tree), at(settle(form, answers).tree)];
  return [...new Set([...ours.keys(), ...others.keys()])].flatMap(pointer => {
    const field = ours.get(pointer) ?? others.get(pointer);
    const [mine, theirs] = [said(ours.get(pointer), view), said(others.get(pointer), other)];
    return field && mine !== theirs
      ? [{ pointer, name: nameOf(field, ours.has(pointer) ? view : other), mine, theirs }]
      : [];
  });
};

/** Theirs, with what was picked of mine. */
export const picked = (mine: Answers, theirs: Answers, picks: Picks): Answers =>
  Object.entries(picks).reduce(
    (answers, [pointer, side]) =>
      side === 'mine' ? withValue(answers, pointer, valueAt(mine, pointer)) : answers,
    theirs,
  );

interface Properties {
  readonly rows: readonly Difference[];
  /** What the two are called. */
  readonly heads: Readonly<Record<Side, string>>;
  /** Undefined where one takes all of either. */
  readonly picks: Picks | undefined;
  readonly onPick: (pointer: string, side: Side) => void;
}

const sides = ['mine', 'theirs'] as const;

const Pick = ({
  row,
  side,
  heads,
  picks,
  onPick,
}: Omit<Properties, 'rows' | 'picks'> & {
  readonly picks: Picks;
  readonly row: Difference;
  readonly side: Side;
}) => {
  const id = useId();
  const text = row[side] || '–';
  return (
    <div class="hds-radio-button">
      <input
        type="radio"
        class="hds-radio-button__input"
        id={id}
        name={`pick${row.pointer}`}
        checked={picks[row.pointer] === side}
        aria-label={`${row.name}, ${heads[side]}: ${text}`}
        onChange={() => onPick(row.pointer, side)}
      />
      <label class="hds-radio-button__label conflict__text" for={id}>
        {text}
      </label>
    </div>
  );
};

/** Both versions side by side; where more than one answer differs, each is picked by itself. */
export const Differences = ({ rows, picks, ...properties }: Properties) => {
  const t = texts<keyof typeof fi>();
  const { heads } = properties;
  return (
    <table class="table table--stacked">
      <caption>{t('conflict.differences')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('conflict.question')}</th>
          {sides.map(side => (
            <th scope="col" key={side}>
              {heads[side]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.pointer}>
            <th scope="row">{row.name}</th>
            {sides.map(side => (
              <td data-label={heads[side]} key={side} class="conflict__text">
                {picks ? <Pick row={row} side={side} picks={picks} {...properties} /> : row[side] || '–'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
