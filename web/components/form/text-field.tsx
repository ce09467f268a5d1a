import { useEffect, useRef } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { typedDecimal } from '../../../lambdas/domain/forms/decimal.ts';
import { maximumLength } from '../../../lambdas/domain/forms/length.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { lazily } from '../../client/lazily.tsx';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { autocompleteOf, type FieldProperties, fieldId } from './form-view.ts';

const written = (value: unknown): string =>
  typeof value === 'number' ? String(value).replace('.', ',') : typeof value === 'string' ? value : '';

/** The text in the box: what was typed, whatever it is. */
const typed = ({ field, view }: FieldProperties): string => written(valueAt(view.answers, field.pointer));

/** A number becomes one when it is one; anything else stays as it was typed, to be mended. */
const asNumber = (text: string): unknown => {
  const plain = typedDecimal(text);
  return /^-?\d{1,15}(,\d{1,6})?$/.test(plain) ? Number(plain.replace(',', '.')) : text;
};

/** While it is typed only what reads back the same: `1,0` may be on its way to `1,05`. */
const asNumberSoFar = (text: string): unknown => {
  const value = asNumber(text);
  return written(value) === text ? value : text;
};

const kinds: Readonly<Record<string, object>> = {
  email: { type: 'email', spellcheck: false },
  phone: { type: 'tel' },
  uri: { type: 'url', spellcheck: false },
  'postal-code': { inputMode: 'numeric' },
  'clock-time': { inputMode: 'decimal' },
  'identity-code': { spellcheck: false, autocapitalize: 'characters' },
  'business-id': { spellcheck: false },
  iban: { spellcheck: false, autocapitalize: 'characters' },
  'case-number': { spellcheck: false, autocapitalize: 'characters' },
};

const keyboard = ({ control, schema, ui }: Field): object => {
  if (ui['misc:phone']) return { type: 'tel' };
  if (control === 'number') return { inputMode: schema.type === 'integer' ? 'numeric' : 'decimal' };
  return control === 'decimal' ? { inputMode: 'decimal' } : (kinds[schema.format ?? ''] ?? {});
};

/** Controls and formats whose answers are short. */
const narrow = new Set([
  'number',
  'decimal',
  'postal-code',
  'identity-code',
  'business-id',
  'phone',
  'case-number',
  'clock-time',
]);

const widthOf = ({ control, schema, ui }: Field): string => {
  const variant = String(ui['misc:variant'] ?? '');
  if (variant.startsWith('width-')) return `form-${variant}`;
  return narrow.has(control) || narrow.has(schema.format ?? '') || (schema.maxLength ?? 99) <= 12
    ? 'form-width-m'
    : '';
};

const quietMs = 1500;

/** How many characters are left, where the definition sets a limit, or any is near. Said when typing pauses. */
const Counter = ({ field, value }: { field: Field; value: string }) => {
  const t = texts<keyof typeof fi>();
  const most = maximumLength(field) ?? 0;
  const left = most - [...value].length;
  const isTyped = useRef(false);
  const textOf = (count: number) =>
    count < 0 ? t('charactersOver', { count: -count }) : t('charactersLeft', { count });
  useEffect(() => {
    const isFirst = !isTyped.current;
    isTyped.current = true;
    if (isFirst || left > most / 2) return;
    const timer = setTimeout(() => announce(textOf(left)), quietMs);
    return () => clearTimeout(timer);
  }, [left]);
  const isSet = (field.schema.maxLength ?? field.ui['misc:max-length']) !== undefined;
  if (left > most / 2) return isSet ? <p class="field__hint">{t('characters', { count: most })}</p> : null;
  return <p class={left < 0 ? 'field__error' : 'field__hint'}>{textOf(left)}</p>;
};

const Area = (properties: FieldProperties) => {
  const { field, view } = properties;
  const value = typed(properties);
  return (
    <>
      <div class="hds-text-input__input-wrapper">
        <textarea
          id={fieldId(field.pointer)}
          class="hds-text-input__input"
          rows={5}
          value={value}
          aria-required={field.required}
          {...controlState(properties)}
          onInput={event => view.change(field.pointer, event.currentTarget.value)}
        />
      </div>
      <Counter field={field} value={value} />
    </>
  );
};

const Line = (properties: FieldProperties) => {
  const { field, view } = properties;
  const { control, pointer } = field;
  const read = (text: string) => (control === 'number' ? asNumberSoFar(text) : text);
  const leave = (text: string) => {
    const read = control === 'number' ? asNumber(text) : control === 'decimal' ? typedDecimal(text) : text;
    const value = view.spell({ ...field, value: read });
    if (value !== valueAt(view.answers, pointer) && text !== '') view.change(pointer, value);
  };
  return (
    <div class={`hds-text-input__input-wrapper ${widthOf(field)}`}>
      <input
        id={fieldId(pointer)}
        class="hds-text-input__input"
        type="text"
        {...keyboard(field)}
        autocomplete={autocompleteOf(field)}
        value={typed(properties)}
        aria-required={field.required}
        {...controlState(properties)}
        onInput={event => view.change(pointer, read(event.currentTarget.value))}
        onBlur={event => leave(event.currentTarget.value)}
      />
    </div>
  );
};

const PostalTown = lazily(() => import('./postal-town.tsx').then(part => part.PostalTown), true);
const isPostalCode = ({ field, view }: FieldProperties): boolean =>
  field.schema.format === 'postal-code' && valueAt(view.answers, field.pointer) !== undefined;

/** One line, several, or a number. */
export const TextField = (properties: FieldProperties) => (
  <FieldFrame {...properties} kind="hds-text-input">
    {properties.field.control === 'textarea' ? <Area {...properties} /> : <Line {...properties} />}
    {isPostalCode(properties) && <PostalTown {...properties} />}
  </FieldFrame>
);
