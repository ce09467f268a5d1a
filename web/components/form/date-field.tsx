import { useRef, useState } from 'preact/hooks';
import { valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { texts } from '../../client/texts.ts';
import { finnishDate, isoDate } from './dates.ts';
import type fi from './fi.json';
import { controlState, FieldFrame } from './field-frame.tsx';
import { type FieldProperties, fieldId, nameOf } from './form-view.ts';

/**
 * A date typed as Finns write it, 24.12.2026; the browser's calendar is there as help. What is no date stays as it was
 * typed. The answer is `2026-12-24`.
 */
export const DateField = (properties: FieldProperties) => {
  const { field, view } = properties;
  const t = texts<keyof typeof fi>();
  const calendar = useRef<HTMLInputElement>(null);
  const value = String(valueAt(view.answers, field.pointer) ?? '');
  // While it is typed, the box is the typist's: 1.1.2026 must not turn into something else half way to 1.1.20260.
  const [typing, setTyping] = useState<string>();
  const autocomplete = field.ui['ui:autocomplete'];
  return (
    <FieldFrame {...properties} kind="hds-text-input">
      <div class="form-date">
        <input
          id={fieldId(field.pointer)}
          class="hds-text-input__input date-input"
          type="text"
          inputMode="decimal"
          autocomplete={typeof autocomplete === 'string' ? autocomplete : 'off'}
          value={typing ?? finnishDate(value)}
          aria-required={field.required}
          {...controlState(properties)}
          onInput={event => {
            setTyping(event.currentTarget.value);
            view.change(field.pointer, isoDate(event.currentTarget.value));
          }}
          onBlur={() => setTyping(undefined)}
        />
        <input
          type="date"
          class="form-date__calendar"
          ref={calendar}
          tabIndex={-1}
          aria-hidden="true"
          value={/^\d{4}-/.test(value) ? value : ''}
          onInput={event => view.change(field.pointer, event.currentTarget.value)}
        />
        <button
          type="button"
          class="hds-button hds-button--secondary form-date__open"
          onClick={() => calendar.current?.showPicker()}
        >
          {t('calendar')}
          <span class="visually-hidden">: {nameOf(field, view)}</span>
        </button>
      </div>
    </FieldFrame>
  );
};
