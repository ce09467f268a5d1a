import type { ContactField } from '../../../lambdas/domain/contact.ts';
import type { Language } from '../../../lambdas/domain/language.ts';
import { languages } from '../../../lambdas/domain/language.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../icon/icon.tsx';
import type { Contact, ContactErrors } from './contact.ts';
import type fi from './fi.json';

interface Properties {
  readonly contact: Contact;
  readonly errors: ContactErrors;
  readonly onChange: (contact: Contact) => void;
}

/** What the browser may fill in by itself, and the keyboard a phone should offer. */
const kinds = {
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
} as const satisfies Record<ContactField, object>;

const languageNames: Readonly<Record<Language, string>> = { fi: 'suomi', sv: 'svenska', en: 'English' };

const Address = ({ field, contact, errors, onChange }: Properties & { field: ContactField }) => {
  const t = texts<keyof typeof fi>();
  const error = errors[field];
  const hint = `${field}-hint`;
  return (
    <div class={`field hds-text-input ${error ? 'field--invalid hds-text-input--invalid' : ''}`}>
      <label class="hds-text-input__label" for={field}>
        {t(`contact.${field}`)}
      </label>
      <div class="hds-text-input__input-wrapper">
        <input
          id={field}
          name={field}
          class="hds-text-input__input"
          {...kinds[field]}
          maxLength={field === 'email' ? 254 : 30}
          spellcheck={false}
          value={contact[field]}
          aria-describedby={error ? `${field}-error ${hint}` : hint}
          aria-invalid={error ? 'true' : undefined}
          onInput={event => onChange({ ...contact, [field]: event.currentTarget.value })}
        />
      </div>
      {error && (
        <p class="field__error" id={`${field}-error`}>
          <Icon name="error-fill" size="s" />
          {t(`contact.${field}.${error}`)}
        </p>
      )}
      <p class="field__hint" id={hint}>
        {t(`contact.${field}.hint`)}
      </p>
    </div>
  );
};

interface ChoiceProperties<Value extends string> {
  readonly name: string;
  readonly legend: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string; readonly lang?: string }[];
  readonly onChange: (value: Value) => void;
}

const Choice = <Value extends string>({
  name,
  legend,
  value,
  options,
  onChange,
}: ChoiceProperties<Value>) => (
  <fieldset class="hds-selection-group">
    <legend class="hds-selection-group__legend">{legend}</legend>
    <div class="hds-selection-group__items hds-selection-group__items--vertical">
      {options.map(option => (
        <div class="hds-radio-button" key={option.value}>
          <input
            type="radio"
            class="hds-radio-button__input"
            id={`${name}-${option.value}`}
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <label class="hds-radio-button__label" for={`${name}-${option.value}`} lang={option.lang}>
            {option.text}
          </label>
        </div>
      ))}
    </div>
  </fieldset>
);

/** E-mail, phone, the channel and the language of notifications: the same at registration and in own details. */
export const ContactFields = (properties: Properties) => {
  const t = texts<keyof typeof fi>();
  const { contact, onChange } = properties;
  return (
    <>
      <Address field="email" {...properties} />
      <Address field="phone" {...properties} />
      <Choice
        name="channel"
        legend={t('contact.channel')}
        value={contact.channel}
        options={[
          { value: 'email', text: t('contact.channel.email') },
          { value: 'sms', text: t('contact.channel.sms') },
        ]}
        onChange={channel => onChange({ ...contact, channel })}
      />
      <Choice
        name="language"
        legend={t('contact.language')}
        value={contact.language}
        options={languages.map(value => ({ value, text: languageNames[value], lang: value }))}
        onChange={language => onChange({ ...contact, language })}
      />
    </>
  );
};

/** The same errors for the summary above the form. */
export const contactSummary = (errors: ContactErrors): { id: string; text: string }[] => {
  const t = texts<keyof typeof fi>();
  if (errors.email === 'missing') return [{ id: 'email', text: t('contact.email.missing') }];
  return (Object.keys(errors) as ContactField[]).map(field => ({
    id: field,
    text: t(`contact.${field}.${errors[field] ?? 'invalid'}`),
  }));
};

export const channelText = (contact: Pick<Contact, 'channel'>): string =>
  texts<keyof typeof fi>()(`contact.channel.${contact.channel}`);

export const languageName = (language: Language): string => languageNames[language];
