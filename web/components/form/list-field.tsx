import { Fragment } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { plainText } from '../../../lambdas/domain/forms/text.ts';
import { emptyItem, type Field, mostItems } from '../../../lambdas/domain/forms/tree.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { FieldsOf } from './field.tsx';
import { describedBy, Explanation, FieldError, frameClass, Required } from './field-frame.tsx';
import { type FieldProperties, fieldId, itemTitle, optionText, say } from './form-view.ts';
import { idOfUndo, isFilled, type Removed, Undo } from './removed-item.tsx';

const itemsOf = ({ field, view }: FieldProperties): readonly unknown[] => {
  const value = valueAt(view.answers, field.pointer);
  return Array.isArray(value) ? value : [];
};

/** In the middle of a sentence: `Poista sisarus 2`; what is written in capitals stays so. */
const within = (title: string): string =>
  /^\p{Lu}\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

const idOfItem = (list: Field, index: number): string => `${fieldId(list.pointer)}-item-${index}`;

/** Items that have a schema of their own by their place stay there. */
const fixedItems = ({ schema }: Field): number => (Array.isArray(schema.items) ? schema.items.length : 0);

interface ItemProperties extends FieldProperties {
  readonly item: Field;
  readonly index: number;
  readonly onRemove: () => void;
  readonly onMove: (from: number, to: number) => void;
}

/** Moves an item by one place: pressed, or by the arrow keys on it. It keeps focus wherever the item goes. */
const MoveButton = ({ by, ...properties }: ItemProperties & { readonly by: -1 | 1 }) => {
  const { field, index, item, view, onMove } = properties;
  const t = texts<keyof typeof fi>();
  const isPlace = (at: number): boolean => at >= fixedItems(field) && at < field.fields.length;
  const move = (step: number) => {
    if (isPlace(index + step)) onMove(index, index + step);
  };
  return (
    <button
      type="button"
      id={`${idOfItem(field, index)}-${by < 0 ? 'up' : 'down'}`}
      class="hds-button hds-button--supplementary hds-button--small"
      aria-disabled={!isPlace(index + by)}
      onClick={() => move(by)}
      onKeyDown={event => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        move(event.key === 'ArrowUp' ? -1 : 1);
      }}
    >
      {t(by < 0 ? 'item.up' : 'item.down')}
      <span class="visually-hidden"> {within(itemTitle(field, item, index, view))}</span>
    </button>
  );
};

const RemoveButton = ({ field, item, index, view, onRemove }: ItemProperties) => {
  const t = texts<keyof typeof fi>();
  const own = optionText(item, 'removeText', view) ?? optionText(field, 'removeText', view);
  const title = itemTitle(field, item, index, view);
  return (
    <button type="button" class="hds-button hds-button--supplementary hds-button--small" onClick={onRemove}>
      <Icon name="trash" />
      {own ? plainText(own) : t('remove')}
      <span class="visually-hidden">{own ? `: ${title}` : ` ${within(title)}`}</span>
    </button>
  );
};

const Item = (properties: ItemProperties) => {
  const { item, index, view, field } = properties;
  const isMovable = index >= fixedItems(field) && field.fields.length - fixedItems(field) > 1;
  return (
    <fieldset class="form-item" id={idOfItem(field, index)} tabIndex={-1}>
      <legend>{itemTitle(field, item, index, view)}</legend>
      <Explanation field={item} view={view} />
      <FieldsOf field={item} view={view} />
      <div class="form-item__actions">
        {isMovable && <MoveButton {...properties} by={-1} />}
        {isMovable && <MoveButton {...properties} by={1} />}
        <RemoveButton {...properties} />
      </div>
    </fieldset>
  );
};

const movedTo = <Value,>(values: readonly Value[], one: number, other: number): Value[] => {
  const next = [...values];
  next.splice(other, 0, ...next.splice(one, 1));
  return next;
};

/** Where focus goes once the change is on the screen. */
const focusSoon = (id: string): void => void requestAnimationFrame(() => focusById(id));

/** A list of the same questions, as many times as there is to tell. Focus goes where the change is. */
export const ListField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const items = itemsOf(properties);
  // Items have no names of their own: a number each, kept while they move, keeps what was typed in its own box.
  const keys = useRef<number[]>([]);
  while (keys.current.length < items.length) keys.current.push(Math.max(0, ...keys.current) + 1);
  keys.current.length = items.length;
  const id = fieldId(field.pointer);
  const title = say(view, field.schema.title);
  const titleOf = (index: number) => itemTitle(field, field.fields[index] ?? field, index, view);

  const add = () => {
    view.change(field.pointer, [...items, emptyItem(field.schema, items.length)]);
    announce(t('item.added', { number: items.length + 1 }));
    focusSoon(idOfItem(field, items.length));
  };
  const [removed, setRemoved] = useState<Removed>();
  const remove = (index: number) => {
    const [value, name] = [items[index], titleOf(index)];
    const canUndo = isFilled(value);
    setRemoved(canUndo ? { value, key: keys.current[index] ?? 0, index, name } : undefined);
    keys.current = keys.current.filter((_, at) => at !== index);
    const left = items.filter((_, at) => at !== index);
    announce(t('item.removed', { name }));
    view.change(field.pointer, left.length > 0 || field.required ? left : undefined);
    focusSoon(canUndo ? idOfUndo(field) : left.length > 0 ? idOfItem(field, Math.max(0, index - 1)) : id);
  };
  const undo = ({ value, key, index, name }: Removed) => {
    const at = Math.min(index, items.length);
    keys.current = keys.current.toSpliced(at, 0, key);
    setRemoved(undefined);
    view.change(field.pointer, items.toSpliced(at, 0, value));
    announce(t('item.undone', { name }));
    focusSoon(idOfItem(field, at));
  };
  const move = (from: number, to: number) => {
    keys.current = movedTo(keys.current, from, to);
    view.change(field.pointer, movedTo(items, from, to));
    announce(t('item.moved', { name: titleOf(from), number: to + 1, count: items.length }));
    focusSoon(`${idOfItem(field, to)}-${to < from ? 'up' : 'down'}`);
  };

  const undoAt = removed && items.length < mostItems(field.schema) ? removed.index : undefined;
  const undoLine = removed && <Undo field={field} removed={removed} onUndo={() => undo(removed)} />;
  const addText = optionText(field, 'addText', view);
  return (
    <div class={frameClass({ ...properties, kind: 'form-list' })}>
      {title !== undefined && (
        <p class="field__label">
          {plainText(title)}
          <Required required={field.required} />
        </p>
      )}
      <Explanation {...properties} />
      <FieldError {...properties} />
      {field.fields.map((item, index) => (
        <Fragment key={keys.current[index]}>
          {undoAt === index && undoLine}
          <Item {...properties} item={item} index={index} onRemove={() => remove(index)} onMove={move} />
        </Fragment>
      ))}
      {undoAt !== undefined && undoAt >= field.fields.length && undoLine}
      <button
        type="button"
        id={id}
        class="hds-button hds-button--secondary"
        aria-describedby={describedBy(properties)}
        disabled={items.length >= mostItems(field.schema)}
        onClick={add}
      >
        <Icon name="plus" />
        {addText ? plainText(addText) : t('add')}
      </button>
    </div>
  );
};
