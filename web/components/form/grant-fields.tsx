import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { option } from '../../../lambdas/domain/forms/controls.ts';
import { typedDecimal } from '../../../lambdas/domain/forms/decimal.ts';
import { amountFor, type StartGrant, subventionRow } from '../../../lambdas/domain/forms/sums.ts';
import { labelOf } from '../../../lambdas/domain/forms/text.ts';
import { controlState, FieldFrame, GroupFrame } from './field-frame.tsx';
import { controlId, type FieldProperties, fieldId, nameOf } from './form-view.ts';
import { money } from './money.ts';

/** The kinds of grant and how much of each is applied for. Zero is not typed, it is what an empty box means. */
export const SubventionField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const rows = field.schema.options ?? [];
  const typed = valueAt(view.answers, field.pointer);
  const start = option(field.ui, 'startGrant') as StartGrant | undefined;
  const leavesNoOther =
    start !== undefined &&
    option(field.ui, 'useSingleSubvention') === true &&
    amountFor(field.value, String(start.subventionId)) === start.valueWhenTrue;
  const change = (kind: string, amount: string) =>
    view.change(
      field.pointer,
      rows.map(({ id }) =>
        subventionRow(String(id), String(id) === kind ? amount : amountFor(typed, String(id))),
      ),
    );
  return (
    <GroupFrame {...properties}>
      {rows.map(({ id, label }, index) => {
        const kind = String(id);
        const inputId = controlId(field.pointer, index);
        const isFixed = String(start?.subventionId) === kind || leavesNoOther;
        const amount = amountFor(isFixed ? field.value : typed, kind);
        return (
          <div class="field hds-text-input" key={kind}>
            <label class="hds-text-input__label" for={inputId}>
              {labelOf(view.form, view.language, label)} (€)
            </label>
            <div class="hds-text-input__input-wrapper form-width-m">
              <input
                id={inputId}
                class="hds-text-input__input"
                type="text"
                inputMode="decimal"
                autocomplete="off"
                readOnly={isFixed}
                aria-required={field.required && rows.length === 1}
                value={amount === '0' && !isFixed ? '' : amount}
                {...controlState(properties)}
                onInput={event => change(kind, event.currentTarget.value)}
                onBlur={event => change(kind, typedDecimal(event.currentTarget.value))}
              />
            </div>
          </div>
        );
      })}
    </GroupFrame>
  );
};

/** A sum the form reckons: shown, never typed. */
export const SumField = (properties: FieldProperties) => {
  const { field } = properties;
  const id = fieldId(field.pointer);
  return (
    <FieldFrame {...properties}>
      <output id={id} class="form-sum" aria-label={nameOf(field, properties.view)}>
        {money(field.value ?? 0)}
      </output>
    </FieldFrame>
  );
};
