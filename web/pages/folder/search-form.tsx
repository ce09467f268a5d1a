import { useEffect, useState } from 'preact/hooks';
import type { ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import { texts } from '../../client/texts.ts';
import { Choice } from './choice.tsx';
import type fi from './fi.json';
import { FolderFilters } from './folder-filters.tsx';
import { orders, type View } from './view.ts';

interface Properties {
  readonly view: View;
  readonly services: readonly ServiceSummary[];
  readonly onChange: (view: View) => void;
}

/** Search by case number or by the service's name, narrow, sort by name or date (R7.3). */
export const SearchForm = ({ view, services, onChange }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [text, setText] = useState(view.text);
  useEffect(() => setText(view.text), [view.text]);
  const submit = (event: Event) => {
    event.preventDefault();
    onChange({ ...view, text: text.trim(), linked: false });
  };
  return (
    <search>
      <form class="folder-search" onSubmit={submit}>
        <div class="field hds-text-input">
          <label class="hds-text-input__label" for="search">
            {t('search')}
          </label>
          <div class="folder-search__row">
            <input
              id="search"
              class="hds-text-input__input"
              type="text"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              maxLength={100}
              aria-describedby="search-hint"
              value={text}
              onInput={event => setText(event.currentTarget.value)}
            />
            <button type="submit" class="hds-button hds-button--primary">
              {t('search.submit')}
            </button>
          </div>
          <p class="field__hint" id="search-hint">
            {t('search.hint')}
          </p>
        </div>
        <Choice
          id="order"
          label={t('sort')}
          value={view.order}
          options={orderNames.map(order => [order, t(`sort.${order}`)])}
          onChange={order => onChange({ ...view, order })}
        />
        <FolderFilters view={view} services={services} onChange={onChange} />
      </form>
    </search>
  );
};

const orderNames = Object.keys(orders) as (keyof typeof orders)[];
