import { useRef } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { plainText } from '../../../lambdas/domain/forms/text.ts';
import { emptyItem, type Field } from '../../../lambdas/domain/forms/tree.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { FieldsOf } from './field.tsx';
import { describedBy, Explanation, Required } from './field-frame.tsx';
import { type FieldProperties, fieldId, nameOf, optionText, say } from './form-view.ts';

const itemsOf = ({ field, view }: FieldProperties): readonly unknown[] => {
  const value = valueAt(view.answers, field.pointer);
  return Array.isArray(value) ? value : [];
};

/** What the items are called: the item's own title, the list's, or its section's. */
const itemName = (item: Field, { field, view }: FieldProperties): string =>
  plainText(say(view, item.schema.title) ?? nameOf(field, view));

interface ItemProperties extends FieldProperties {
  readonly item: Field;
  readonly index: number;
  readonly onRemove: () => void;
}

const Item = (properties: ItemProperties) => {
  const { item, index, view, field, onRemove } = properties;
  const t = texts<keyof typeof fi>();
  const title = t('item', { name: itemName(item, properties), number: index + 1 });
  const removeText = optionText(item, 'removeText', view) ?? optionText(field, 'removeText', view);
  return (
    <fieldset class="form-item" id={`${fieldId(field.pointer)}-item-${index}`} tabIndex={-1}>
      <legend>{title}</legend>
      <Explanation field={item} view={view} />
      <FieldsOf field={item} view={view} />
      <button type="button" class="hds-button hds-button--supplementary" onClick={onRemove}>
        <Icon name="trash" />
        {removeText ? plainText(removeText) : t('remove')}
        <span class="visually-hidden">: {title}</span>
      </button>
    </fieldset>
  );
};

/** A list of the same questions, as many times as there is to tell. Focus goes where the change is. */
export const ListField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const items = itemsOf(properties);
  // Items have no names of their own: a number each, kept while they move up, keeps what was typed in its own box.
  const keys = useRef<number[]>([]);
  while (keys.current.length < items.length) keys.current.push(Math.max(0, ...keys.current) + 1);
  keys.current.length = items.length;
  const id = fieldId(field.pointer);
  const error = view.errors.get(field.pointer);
  const title = say(view, field.schema.title);

  const add = () => {
    view.change(field.pointer, [...items, emptyItem(field.schema, items.length)]);
    announce(t('item.added', { number: items.length + 1 }));
    requestAnimationFrame(() => focusById(`${id}-item-${items.length}`));
  };
  const remove = (index: number) => {
    keys.current = keys.current.filter((_, at) => at !== index);
    const left = items.filter((_, at) => at !== index);
    view.change(field.pointer, left.length > 0 || field.required ? left : undefined);
    announce(t('item.removed', { number: index + 1 }));
    requestAnimationFrame(() => focusById(left.length > 0 ? `${id}-item-${Math.max(0, index - 1)}` : id));
  };

  const addText = optionText(field, 'addText', view);
  return (
    <div class={`field form-list ${error === undefined ? '' : 'field--invalid'}`}>
      {title !== undefined && (
        <p class="field__label">
          {plainText(title)}
          <Required required={field.required} />
        </p>
      )}
      <Explanation {...properties} />
      {error !== undefined && (
        <p class="field__error" id={`${id}-error`}>
          <Icon name="error-fill" />
          {error}
        </p>
      )}
      {field.fields.map((item, index) => (
        <Item
          key={keys.current[index]}
          {...properties}
          item={item}
          index={index}
          onRemove={() => remove(index)}
        />
      ))}
      <button
        type="button"
        id={id}
        class="hds-button hds-button--secondary"
        aria-describedby={describedBy(properties)}
        onClick={add}
      >
        <Icon name="plus" />
        {addText ? plainText(addText) : t('add')}
      </button>
    </div>
  );
};
