import { useEffect, useState } from 'preact/hooks';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';
import { type Order, orders, type View } from './view.ts';

interface Properties {
  readonly view: View;
  readonly onChange: (view: View) => void;
}

/** Search by case number, sort by name or date (R7.3). */
export const SearchForm = ({ view, onChange }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [number, setNumber] = useState(view.number);
  useEffect(() => setNumber(view.number), [view.number]);
  const submit = (event: Event) => {
    event.preventDefault();
    onChange({ ...view, number: number.trim(), linked: false });
  };
  return (
    <search>
      <form class="folder-search" onSubmit={submit}>
        <div class="field hds-text-input">
          <label class="hds-text-input__label" for="number">
            {t('search.number')}
          </label>
          <div class="folder-search__row">
            <input
              id="number"
              class="hds-text-input__input"
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={40}
              aria-describedby="number-hint"
              value={number}
              onInput={event => setNumber(event.currentTarget.value)}
            />
            <button type="submit" class="hds-button hds-button--primary">
              {t('search.submit')}
            </button>
          </div>
          <p class="field__hint" id="number-hint">
            {t('search.hint')}
          </p>
        </div>
        <div class="field">
          <label class="field__label" for="order">
            {t('sort')}
          </label>
          <select
            id="order"
            class="select"
            value={view.order}
            onChange={event => onChange({ ...view, order: event.currentTarget.value as Order })}
          >
            {(Object.keys(orders) as Order[]).map(order => (
              <option key={order} value={order}>
                {t(`sort.${order}`)}
              </option>
            ))}
          </select>
        </div>
      </form>
    </search>
  );
};
