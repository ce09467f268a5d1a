import { isEmpty } from '../../../lambdas/domain/forms/answers.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { fieldId } from './form-view.ts';

/** Whether anything was answered in it: an empty item goes without a word. */
export const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(isFilled) : !isEmpty(value);

/** An item that was taken away, whole. */
export interface Removed {
  readonly value: unknown;
  readonly key: number;
  readonly index: number;
  readonly name: string;
}

export const idOfUndo = (list: Field): string => `${fieldId(list.pointer)}-undo`;

/**
 * In the place of what was taken away, a way to have it back. Nothing is asked beforehand: a question that comes every
 * time is answered without being read, and a mistake is noticed only when it has been made.
 */
export const Undo = ({ field, removed, onUndo }: { field: Field; removed: Removed; onUndo: () => void }) => {
  const t = texts<keyof typeof fi>();
  return (
    <p class="form-item__removed">
      {t('item.gone', { name: removed.name })}{' '}
      <button
        type="button"
        id={idOfUndo(field)}
        class="hds-button hds-button--supplementary hds-button--small"
        onClick={onUndo}
      >
        {t('item.undo')}
        <span class="visually-hidden">: {removed.name}</span>
      </button>
    </p>
  );
};
