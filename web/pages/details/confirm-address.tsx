import type { CodeOutcome } from '../../../lambdas/http/wire/profile.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';
import { type Confirmation, type ConfirmationProperties, useConfirmation } from './use-confirmation.ts';

type Key = keyof typeof fi;

interface Properties extends ConfirmationProperties {
  readonly address: string;
}

const outcomeText: Readonly<Record<CodeOutcome, Key>> = {
  sent: 'code.sent',
  failed: 'code.failed',
  'too-many': 'code.tooMany',
};

const CodeBox = ({
  field,
  confirmation: { wrong, input, code, type },
}: Pick<Properties, 'field'> & { readonly confirmation: Confirmation }) => {
  const t = texts<Key>();
  const [id, hint, error] = [`code-${field}`, `code-${field}-hint`, `code-${field}-error`];
  return (
    <div class={`field hds-text-input ${wrong ? 'field--invalid hds-text-input--invalid' : ''}`}>
      <label class="hds-text-input__label" for={id}>
        {t('code')}
      </label>
      <div class="hds-text-input__input-wrapper details__code">
        <input
          id={id}
          ref={input}
          class="hds-text-input__input"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={12}
          value={code}
          aria-describedby={wrong ? `${error} ${hint}` : hint}
          aria-invalid={wrong ? 'true' : undefined}
          onInput={event => type(event.currentTarget.value)}
        />
      </div>
      <div role="alert">
        {wrong && (
          <p class="field__error" id={error}>
            <Icon name="error-fill" size="s" />
            {t(wrong.key, { count: wrong.count ?? 0 })}
          </p>
        )}
      </div>
      <p class="field__hint" id={hint}>
        {t('code.hint')}
      </p>
    </div>
  );
};

/** A code was sent to an address: typed here it proves that the address is the person's own (R4.3). */
export const ConfirmAddress = (properties: Properties) => {
  const { field, address, isInUse } = properties;
  const t = texts<Key>();
  const confirmation = useConfirmation(properties);
  const { state, outcome, isAsked, send, confirm, drop } = confirmation;
  const heading = `confirm-${field}`;
  const button = (text: Key, act: () => void) => (
    <button
      type="button"
      class="hds-button hds-button--secondary"
      aria-disabled={state === 'busy'}
      onClick={act}
    >
      {t(text)}
    </button>
  );
  return (
    <section class="panel stack details__confirm" aria-labelledby={heading}>
      <h3 id={heading}>{t(`confirm.${field}`)}</h3>
      <p>{t(isInUse ? 'confirm.inUse' : 'confirm.wanted', { address })}</p>
      <div role="alert">
        {state === 'failed' && <Notice kind="error" title={t('confirm.failed')} />}
        {outcome && state !== 'failed' && (
          <Notice kind={outcome === 'sent' ? 'info' : 'alert'}>
            <p>{t(outcomeText[outcome], { address })}</p>
          </Notice>
        )}
      </div>
      {isAsked ? (
        <form
          class="form"
          noValidate
          onSubmit={event => {
            event.preventDefault();
            confirm();
          }}
        >
          <CodeBox field={field} confirmation={confirmation} />
          <div class="actions">
            <button type="submit" class="hds-button hds-button--primary" aria-disabled={state === 'busy'}>
              {t('confirm')}
            </button>
            {button('code.again', send)}
            {!isInUse && button('confirm.drop', drop)}
          </div>
        </form>
      ) : (
        button('code.send', send)
      )}
    </section>
  );
};
