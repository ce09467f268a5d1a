import type { ComponentChildren } from 'preact';
import { plainText } from '../../../lambdas/domain/forms/text.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Text } from '../../../lambdas/domain/forms/types.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { FormText } from './form-text.tsx';
import { type FieldProperties, fieldId, nameOf, optionText, say } from './form-view.ts';

/** What describes a control, in the order it is read. */
export const describedBy = ({ field, view }: FieldProperties): string | undefined => {
  const id = fieldId(field.pointer);
  const ids = [
    view.errors.has(field.pointer) && `${id}-error`,
    hintOf({ field, view }).length > 0 && `${id}-hint`,
  ].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

/** Attributes of a control itself. */
export const controlState = (properties: FieldProperties) => ({
  'aria-describedby': describedBy(properties),
  'aria-invalid': properties.view.errors.has(properties.field.pointer) ? ('true' as const) : undefined,
});

const hinted = [
  'identity-code',
  'business-id',
  'decimal-number',
  'iban',
  'phone',
  'case-number',
  'clock-time',
] as const;

/** How a value of this kind is written. */
const writingOf = ({ control, schema }: Field): keyof typeof fi | undefined => {
  const format = control === 'date' ? control : hinted.find(one => one === schema.format);
  return format && `hint.${format}`;
};

/** Description, help, and how a value of this kind is written. */
const hintOf = ({ field, view }: FieldProperties): readonly Text[] => {
  const t = texts<keyof typeof fi>();
  const own = [say(view, field.schema.description), say(view, field.ui['ui:help'])];
  const writing = writingOf(field);
  const [example] = field.schema.examples ?? [];
  const isExplained = own.some(text => text !== undefined);
  return [
    ...own,
    example === undefined ? undefined : t('hint.example', { example: String(example) }),
    writing && !isExplained ? t(writing) : undefined,
  ].filter(text => text !== undefined);
};

export const Required = ({ required }: { required: boolean }) =>
  required ? (
    <span class="required" aria-hidden="true">
      *
    </span>
  ) : null;

/** Help that unfolds in place: it works without a mouse, on a phone, and when printed. */
export const Tooltip = ({ field, view }: FieldProperties) => {
  const t = texts<keyof typeof fi>();
  const text = optionText(field, 'tooltipText', view);
  if (text === undefined) return null;
  const about = plainText(optionText(field, 'tooltipLabel', view) ?? nameOf(field, view));
  return (
    <details class="form-help">
      <summary>
        <Icon name="info-circle-fill" />
        {t('help')}
        <span class="visually-hidden">: {about}</span>
      </summary>
      <FormText text={text} />
    </details>
  );
};

export const Hint = (properties: FieldProperties) => {
  const hints = hintOf(properties);
  if (hints.length === 0) return null;
  return (
    <div class="field__hint" id={`${fieldId(properties.field.pointer)}-hint`}>
      {hints.map((hint, index) => (
        <FormText key={index} text={hint} />
      ))}
    </div>
  );
};

export const FieldError = ({ field, view }: FieldProperties) => {
  const error = view.errors.get(field.pointer);
  if (error === undefined) return null;
  return (
    <p class="field__error" id={`${fieldId(field.pointer)}-error`}>
      <Icon name="error-fill" />
      {error}
    </p>
  );
};

/** All that a definition says of what holds other questions, where no legend says it: a page, an item, a group without a name. */
export const Explanation = (properties: FieldProperties) => (
  <>
    <Hint {...properties} />
    <Tooltip {...properties} />
  </>
);

interface FrameProperties extends FieldProperties {
  readonly children: ComponentChildren;
  /** A class of the design system that the control needs around it. */
  readonly kind?: string;
}

export const frameClass = ({ field, view, kind = '' }: FieldProperties & { kind?: string }): string =>
  `field ${kind} ${view.errors.has(field.pointer) ? 'field--invalid' : ''}`.trim();

/** A control under its label: hint before it, so that it is read before the answer is typed. */
export const FieldFrame = (properties: FrameProperties) => {
  const { field, view, children } = properties;
  return (
    <div class={frameClass(properties)}>
      <label class="hds-text-input__label" for={fieldId(field.pointer)}>
        {nameOf(field, view)}
        <Required required={field.required} />
      </label>
      <Hint {...properties} />
      <FieldError {...properties} />
      {children}
      <Tooltip {...properties} />
    </div>
  );
};

/** Several controls under one legend. */
export const GroupFrame = (properties: FrameProperties) => {
  const { field, view, children } = properties;
  return (
    <fieldset class={frameClass(properties)} aria-describedby={describedBy(properties)}>
      <legend>
        {nameOf(field, view)}
        <Required required={field.required} />
      </legend>
      <Hint {...properties} />
      <FieldError {...properties} />
      {children}
      <Tooltip {...properties} />
    </fieldset>
  );
};
