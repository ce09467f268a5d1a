import type { ComponentChildren } from 'preact';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { allowedDurations, subventionTotal } from '../../../lambdas/domain/forms/sums.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Schema } from '../../../lambdas/domain/forms/types.ts';
import { texts } from '../../client/texts.ts';
import { choiceText } from './choices.ts';
import type fi from './fi.json';
import {
  controlState,
  Explanation,
  FieldError,
  FieldFrame,
  frameClass,
  GroupFrame,
  Required,
} from './field-frame.tsx';
import { FormText } from './form-text.tsx';
import { controlId, type FieldProperties, type FormView, fieldId, nameOf, optionText } from './form-view.ts';

interface Choice {
  readonly value: unknown;
  readonly text: string;
}

const durations = (field: Field, view: FormView): readonly unknown[] => {
  const allowed = allowedDurations(subventionTotal(view.tree));
  return (field.schema.enum ?? []).filter(value => allowed.includes(String(value)));
};

const choicesOf = (field: Field, view: FormView): readonly Choice[] => {
  const t = texts<keyof typeof fi>();
  const items = field.schema.items as Schema | undefined;
  const values =
    field.control === 'duration'
      ? durations(field, view)
      : field.control === 'year'
        ? view.form.settings.actingYears.map(String)
        : (field.schema.enum ?? items?.enum ?? [true, false]);
  const words = { yes: t('answers.yes'), no: t('answers.no') };
  return values.map(value => ({ value, text: choiceText(field, value, view, words) }));
};

/** A year or one of many: the browser's own list, which phones and screen readers know best. */
export const SelectField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const choices = choicesOf(field, view);
  const chosen = choices.findIndex(({ value }) => value === valueAt(view.answers, field.pointer));
  return (
    <FieldFrame {...properties}>
      <select
        id={fieldId(field.pointer)}
        class="select"
        aria-required={field.required}
        {...controlState(properties)}
        onChange={event => view.change(field.pointer, choices[Number(event.currentTarget.value)]?.value)}
      >
        <option value="-1" selected={chosen < 0}>
          {t('choose')}
        </option>
        {choices.map(({ text }, index) => (
          <option key={index} value={String(index)} selected={index === chosen}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
};

/** What the size of the grant means for its duration. */
const durationHelp = (view: FormView): string => {
  const [first, , third] = allowedDurations(subventionTotal(view.tree));
  return first === '2' ? 'largeDescription' : third ? 'mediumDescription' : 'smallDescription';
};

const looks = {
  radio: {
    box: 'hds-radio-button',
    input: 'hds-radio-button__input',
    label: 'hds-radio-button__label',
  },
  checkbox: { box: 'hds-checkbox', input: 'hds-checkbox__input', label: 'hds-checkbox__label' },
} as const;

interface InSightProperties extends FieldProperties {
  readonly type: keyof typeof looks;
  readonly isChosen: (value: unknown) => boolean;
  readonly onChoose: (value: unknown) => void;
  /** Before the choices. */
  readonly children?: ComponentChildren;
}

/** A few choices, all in sight. */
const InSight = ({ type, isChosen, onChoose, children, ...properties }: InSightProperties) => {
  const { field, view } = properties;
  const look = looks[type];
  return (
    <GroupFrame {...properties} kind="hds-selection-group">
      {children}
      <div class="hds-selection-group__items hds-selection-group__items--vertical">
        {choicesOf(field, view).map(({ value, text }, index) => (
          <div class={look.box} key={index}>
            <input
              type={type}
              class={look.input}
              id={controlId(field.pointer, index)}
              name={type === 'radio' ? fieldId(field.pointer) : undefined}
              checked={isChosen(value)}
              aria-invalid={view.errors.has(field.pointer) ? 'true' : undefined}
              onChange={() => onChoose(value)}
            />
            <label class={look.label} for={controlId(field.pointer, index)}>
              {text}
            </label>
          </div>
        ))}
      </div>
    </GroupFrame>
  );
};

/** One of a few. */
export const RadioField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  // A duration follows the sum, whatever was chosen before.
  const chosen = field.control === 'duration' ? field.value : valueAt(view.answers, field.pointer);
  const help = field.control === 'duration' ? optionText(field, durationHelp(view), view) : undefined;
  const expands = field.ui['ui:options'] as { affirmativeExpands?: boolean } | undefined;
  return (
    <InSight
      {...properties}
      type="radio"
      isChosen={value => value === chosen}
      onChoose={value => view.change(field.pointer, value)}
    >
      {help && <FormText text={help} />}
      {expands?.affirmativeExpands && <p class="field__hint">{t('expands')}</p>}
    </InSight>
  );
};

/** Any of a few. The answer keeps the definition's order, however they were ticked. */
export const CheckboxesField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const value = valueAt(view.answers, field.pointer);
  const ticked: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (changed: unknown) => {
    const next = choicesOf(field, view)
      .map(choice => choice.value)
      .filter(option => (option === changed ? !ticked.includes(option) : ticked.includes(option)));
    view.change(field.pointer, next.length > 0 ? next : undefined);
  };
  return (
    <InSight {...properties} type="checkbox" isChosen={choice => ticked.includes(choice)} onChoose={toggle} />
  );
};

/** One box to tick. What must be ticked is not answered by leaving it. */
export const CheckboxField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const id = fieldId(field.pointer);
  const untick = field.schema.const === true ? undefined : false;
  return (
    <div class={frameClass(properties)}>
      <FieldError {...properties} />
      <div class="hds-checkbox">
        <input
          type="checkbox"
          class="hds-checkbox__input"
          id={id}
          checked={valueAt(view.answers, field.pointer) === true}
          aria-required={field.required}
          {...controlState(properties)}
          onChange={event => view.change(field.pointer, event.currentTarget.checked || untick)}
        />
        <label class="hds-checkbox__label" for={id}>
          {nameOf(field, view)}
          <Required required={field.required} />
        </label>
      </div>
      <Explanation {...properties} />
    </div>
  );
};
