import { useRef, useState } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { emptyItem, type Field, mostItems } from '../../../lambdas/domain/forms/tree.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { type FieldProperties, fieldId, itemTitle } from './form-view.ts';
import { idOfUndo, isFilled, type Removed } from './removed-item.tsx';

export const idOfItem = (list: Field, index: number): string => `${fieldId(list.pointer)}-item-${index}`;

/** Of the button that moves an item up (-1) or down (1). */
export const idOfMove = (list: Field, index: number, by: number): string =>
  `${idOfItem(list, index)}-${by < 0 ? 'up' : 'down'}`;

const itemsOf = ({ field, view }: FieldProperties): readonly unknown[] => {
  const value = valueAt(view.answers, field.pointer);
  return Array.isArray(value) ? value : [];
};

const movedTo = <Value>(values: readonly Value[], one: number, other: number): Value[] => {
  const next = [...values];
  next.splice(other, 0, ...next.splice(one, 1));
  return next;
};

/** Where focus goes once the change is on the screen. */
const focusSoon = (id: string): void => void requestAnimationFrame(() => focusById(id));

export interface Items {
  /** By place, what an item is known by wherever it moves. */
  readonly keys: readonly number[];
  readonly isFull: boolean;
  /** What was taken away last, and can still be had back. */
  readonly removed: Removed | undefined;
  add(): void;
  remove(index: number): void;
  undo(removed: Removed): void;
  move(from: number, to: number): void;
}

/** A list's items and what a person does with them: each change is said, and focus goes where it is. */
export const useItems = (properties: FieldProperties): Items => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const items = itemsOf(properties);
  const titleOf = (index: number) => itemTitle(field, field.fields[index] ?? field, index, view);
  const change = (next: readonly unknown[] | undefined) => view.change(field.pointer, next);
  // Items have no names of their own: a number each, kept while they move, keeps what was typed in its own box.
  const keys = useRef<number[]>([]);
  while (keys.current.length < items.length) keys.current.push(Math.max(0, ...keys.current) + 1);
  keys.current.length = items.length;
  const [removed, setRemoved] = useState<Removed>();
  return {
    keys: keys.current,
    isFull: items.length >= mostItems(field.schema),
    removed,
    add: () => {
      change([...items, emptyItem(field.schema, items.length)]);
      announce(t('item.added', { number: items.length + 1 }));
      focusSoon(idOfItem(field, items.length));
    },
    remove: index => {
      const [value, name] = [items[index], titleOf(index)];
      const canUndo = isFilled(value);
      setRemoved(canUndo ? { value, key: keys.current[index] ?? 0, index, name } : undefined);
      keys.current = keys.current.filter((_, at) => at !== index);
      const left = items.filter((_, at) => at !== index);
      announce(t('item.removed', { name }));
      change(left.length > 0 || field.required ? left : undefined);
      const beside = left.length > 0 ? idOfItem(field, Math.max(0, index - 1)) : fieldId(field.pointer);
      focusSoon(canUndo ? idOfUndo(field) : beside);
    },
    undo: ({ value, key, index, name }) => {
      const at = Math.min(index, items.length);
      keys.current = keys.current.toSpliced(at, 0, key);
      setRemoved(undefined);
      change(items.toSpliced(at, 0, value));
      announce(t('item.undone', { name }));
      focusSoon(idOfItem(field, at));
    },
    move: (from, to) => {
      keys.current = movedTo(keys.current, from, to);
      change(movedTo(items, from, to));
      announce(t('item.moved', { name: titleOf(from), number: to + 1, count: items.length }));
      focusSoon(idOfMove(field, to, to - from));
    },
  };
};
