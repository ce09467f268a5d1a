import { useState } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { finnishDate, isoDate } from './dates.ts';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { autocompleteOf, type FieldProperties, fieldId, nameOf } from './form-view.ts';

const Calendar = lazily(() => import('./calendar.tsx').then(part => part.Calendar));

/**
 * A date typed as Finns write it, 24.12.2026; a calendar is there as help. What is no date stays as it was typed. The
 * answer is `2026-12-24`.
 */
export const DateField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const value = String(valueAt(view.answers, field.pointer) ?? '');
  // While it is typed, the box is the typist's: 1.1.2026 must not turn into something else half way to 1.1.20260.
  const [typing, setTyping] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const choose = (date: string) => {
    view.change(field.pointer, date);
    setOpen(false);
  };
  return (
    <FieldFrame {...properties} kind="hds-text-input">
      <div class="form-date">
        <input
          id={fieldId(field.pointer)}
          class="hds-text-input__input date-input"
          type="text"
          inputMode="decimal"
          autocomplete={autocompleteOf(field)}
          value={typing ?? finnishDate(value)}
          aria-required={field.required}
          {...controlState(properties)}
          onInput={event => {
            setTyping(event.currentTarget.value);
            view.change(field.pointer, isoDate(event.currentTarget.value));
          }}
          onBlur={() => setTyping(undefined)}
        />
        <button
          type="button"
          class="hds-button hds-button--secondary form-date__open"
          aria-haspopup="dialog"
          onClick={() => setOpen(true)}
        >
          {t('calendar')}
          <span class="visually-hidden">: {nameOf(field, view)}</span>
        </button>
        {isOpen && (
          <Calendar
            title={nameOf(field, view)}
            field={field}
            language={view.language}
            value={value}
            onChoose={choose}
            onClose={() => setOpen(false)}
          />
        )}
      </div>
    </FieldFrame>
  );
};
