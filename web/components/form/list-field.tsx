import { Fragment } from 'preact';
import { plainText } from '../../../lambdas/domain/forms/text.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type fi from './fi.json';
import { FieldsOf } from './field.tsx';
import { describedBy, Explanation, FieldError, frameClass, Required } from './field-frame.tsx';
import { type FieldProperties, fieldId, itemTitle, optionText, say } from './form-view.ts';
import { Undo } from './removed-item.tsx';
import { idOfItem, idOfMove, useItems } from './use-items.ts';

/** In the middle of a sentence: `Poista sisarus 2`; what is written in capitals stays so. */
const within = (title: string): string =>
  /^\p{Lu}\p{Lu}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);

/** Items that have a schema of their own by their place stay there. */
const fixedItems = ({ schema }: Field): number => (Array.isArray(schema.items) ? schema.items.length : 0);

interface ItemProperties extends FieldProperties {
  readonly item: Field;
  readonly index: number;
  /** Items stay where they are: a file on its way to one would arrive at another. */
  readonly isHeld: boolean;
  readonly onRemove: () => void;
  readonly onMove: (from: number, to: number) => void;
}

/** Moves an item by one place: pressed, or by the arrow keys on it. It keeps focus wherever the item goes. */
const MoveButton = ({ by, ...properties }: ItemProperties & { readonly by: -1 | 1 }) => {
  const { field, index, item, view, isHeld, onMove } = properties;
  const t = texts<keyof typeof fi>();
  const isPlace = (at: number): boolean => !isHeld && at >= fixedItems(field) && at < field.fields.length;
  const move = (step: number) => {
    if (isPlace(index + step)) onMove(index, index + step);
  };
  return (
    <button
      type="button"
      id={idOfMove(field, index, by)}
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

const RemoveButton = ({ field, item, index, view, isHeld, onRemove }: ItemProperties) => {
  const t = texts<keyof typeof fi>();
  const own = optionText(item, 'removeText', view) ?? optionText(field, 'removeText', view);
  const title = itemTitle(field, item, index, view);
  return (
    <button
      type="button"
      class="hds-button hds-button--supplementary hds-button--small"
      aria-disabled={isHeld}
      onClick={isHeld ? undefined : onRemove}
    >
      <Icon name="trash" />
      {own ? plainText(own) : t('remove')}
      <span class="visually-hidden">{own ? `: ${title}` : ` ${within(title)}`}</span>
    </button>
  );
};

const Item = (properties: ItemProperties) => {
  const { item, index, view, field, isHeld } = properties;
  const isMovable = index >= fixedItems(field) && field.fields.length - fixedItems(field) > 1;
  return (
    <fieldset class="form-item" id={idOfItem(field, index)} tabIndex={-1}>
      <legend>{itemTitle(field, item, index, view)}</legend>
      <Explanation field={item} view={view} />
      <FieldsOf field={item} view={view} />
      {isHeld && <p class="muted">{texts<keyof typeof fi>()('item.held')}</p>}
      <div class="form-item__actions">
        {isMovable && <MoveButton {...properties} by={-1} />}
        {isMovable && <MoveButton {...properties} by={1} />}
        <RemoveButton {...properties} />
      </div>
    </fieldset>
  );
};

/** A list of the same questions, as many times as there is to tell. */
export const ListField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const { keys, isFull, removed, add, remove, undo, move } = useItems(properties);
  const title = say(view, field.schema.title);
  const addText = optionText(field, 'addText', view);
  const isHeld = view.files.uploads.some(({ pointer }) => pointer.startsWith(`${field.pointer}/`));
  const undoAt = isFull || isHeld ? undefined : removed?.index;
  const undoLine = removed && <Undo field={field} removed={removed} onUndo={() => undo(removed)} />;
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
        <Fragment key={keys[index]}>
          {undoAt === index && undoLine}
          <Item
            {...properties}
            item={item}
            index={index}
            isHeld={isHeld}
            onRemove={() => remove(index)}
            onMove={move}
          />
        </Fragment>
      ))}
      {undoAt !== undefined && undoAt >= field.fields.length && undoLine}
      <button
        type="button"
        id={fieldId(field.pointer)}
        class="hds-button hds-button--secondary"
        aria-describedby={describedBy(properties)}
        disabled={isFull}
        onClick={add}
      >
        <Icon name="plus" />
        {addText ? plainText(addText) : t('add')}
      </button>
    </div>
  );
};
