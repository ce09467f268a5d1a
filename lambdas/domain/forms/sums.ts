import { child, valueAt } from './answers.ts';
import { option } from './controls.ts';
import { plainDecimal } from './decimal.ts';
import { everyField, type Field } from './tree.ts';
import type { Answers } from './types.ts';

/** One cell of a subvention row, in the shape the city's grant system reads. */
interface Cell {
  readonly ID: string;
  readonly label: string;
  readonly value: string;
  readonly valueType: string;
}
export type SubventionRow = readonly [Cell, Cell];

/** `1 234,50 €`, `1234.5`: euros as a Finn types them. NaN for anything else. */
export const euros = (value: unknown): number => {
  const typed = String(value ?? '');
  const plain = plainDecimal(typed) ?? typed;
  return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN;
};

/** Cents are added as whole numbers: 0,1 + 0,2 is 0,3. */
export const total = (amounts: readonly number[]): number =>
  amounts.reduce((sum, amount) => sum + (Number.isFinite(amount) ? Math.round(amount * 100) : 0), 0) / 100;

export const subventionRow = (kind: string, amount: string): SubventionRow => [
  { ID: 'subventionType', label: 'Avustuslaji', value: kind, valueType: 'string' },
  { ID: 'amount', label: 'Euroa', value: amount, valueType: 'double' },
];

const cell = (row: unknown, index: number): string => {
  const value = child(child(row, index), 'value');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
export const kindOf = (row: unknown): string => cell(row, 0);
export const amountOf = (row: unknown): string => cell(row, 1);

const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const amountFor = (rows: unknown, kind: string): string =>
  amountOf(rowsOf(rows).find(row => kindOf(row) === kind));

/** A grant of a fixed sum that another field turns on (`ui:options.startGrant`). */
export interface StartGrant {
  readonly controlledBy: string;
  readonly subventionId: string;
  readonly valueWhenTrue: string;
}

const atPath = (answers: Answers, path: string): unknown => valueAt(answers, `/${path.replaceAll('.', '/')}`);

/** Every row of the table in the definition's order (the grant system reads them by position); nothing typed, no table. */
export const settleSubventions = (field: Field, answers: Answers): readonly SubventionRow[] | undefined => {
  const start = option(field.ui, 'startGrant') as StartGrant | undefined;
  const isStarted = start !== undefined && atPath(answers, start.controlledBy) === true;
  const leavesNoOther = isStarted && option(field.ui, 'useSingleSubvention') === true;
  const rows = (field.schema.options ?? []).map(({ id }) => {
    const kind = String(id);
    if (start && kind === String(start.subventionId))
      return subventionRow(kind, isStarted ? start.valueWhenTrue : '0');
    if (leavesNoOther) return subventionRow(kind, '0');
    const typed = amountFor(field.value, kind).trim();
    return subventionRow(kind, plainDecimal(typed) ?? (typed || '0'));
  });
  return rows.some(row => !/^0+(,0+)?$/.test(row[1].value)) ? rows : undefined;
};

const subventionAmounts = (rows: unknown, kind?: unknown): number[] =>
  rowsOf(rows)
    .filter(row => kind === undefined || kindOf(row) === String(kind))
    .map(row => euros(amountOf(row)));

const comma = (sum: number): string => String(sum).replace('.', ',');

/** All the grants applied for, on every page of the form. */
export const subventionTotal = (tree: Field): number =>
  total(
    [...everyField(tree)]
      .filter(field => field.control === 'subventions')
      .flatMap(field => subventionAmounts(field.value)),
  );

/** The value of a `computedSum` or `subventionSum`: a text with a comma, or a number where the definition asks one. */
export const sumOf = (field: Field, answers: Answers, tree: Field): string | number => {
  const sources = option(field.ui, 'sourceFields') as readonly string[] | undefined;
  const kind = option(field.ui, 'subventionType');
  const isTable = option(field.ui, 'sourceShape') === 'subvention';
  const sum = sources
    ? total(
        sources.flatMap(path => {
          const value = atPath(answers, path);
          return isTable ? subventionAmounts(value, kind) : [euros(value)];
        }),
      )
    : subventionTotal(tree);
  return option(field.ui, 'numericOutput') === true ? sum : comma(sum);
};

/** How many years a grant of this sum may run (`grantDuration`): a large one two or three, a small one only one. */
export const allowedDurations = (sum: number): readonly string[] =>
  sum >= 50_000 ? ['2', '3'] : sum >= 20_000 ? ['1', '2', '3'] : ['1'];

/** A duration that the sum has outgrown becomes the shortest it allows, as in the city's own form. */
export const settleDuration = (value: unknown, tree: Field): unknown => {
  const allowed = allowedDurations(subventionTotal(tree));
  return /^[123]$/.test(String(value)) && !allowed.includes(String(value)) ? allowed[0] : value;
};
