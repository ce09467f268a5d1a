import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactField } from '../../../lambdas/domain/contact.ts';
import { readCode } from '../../../lambdas/domain/contact-change.ts';
import type { CodeOutcome, ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { ApiFailure, postCode, postConfirmation } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';

type Key = keyof typeof fi;

interface Properties {
  readonly field: ContactField;
  readonly address: string;
  /** It is in use already, or else it is used once it is confirmed. */
  readonly isInUse: boolean;
  /** What became of the code that was sent a moment ago. */
  readonly outcome: CodeOutcome | undefined;
  readonly onConfirmed: (profile: ProfileAnswer) => void;
  /** Takes back the change. */
  readonly onDrop: () => Promise<void>;
}

const outcomeText: Readonly<Record<CodeOutcome, Key>> = {
  sent: 'code.sent',
  failed: 'code.failed',
  'too-many': 'code.tooMany',
};

interface Wrong {
  readonly key: Key;
  readonly count?: number;
}

/** Why a code was not taken, in words; undefined where the call itself failed. */
const wrongOf = (failure: unknown): Wrong | undefined => {
  if (!(failure instanceof ApiFailure)) return undefined;
  if (failure.kind === 'code-expired') return { key: 'code.expired' };
  if (failure.kind !== 'code-wrong') return undefined;
  const count = Number(failure.problem.triesLeft ?? 0);
  return count === 0 ? { key: 'code.expired' } : { key: 'code.wrong', count };
};

const wasTooMany = (failure: unknown): boolean =>
  failure instanceof ApiFailure && failure.kind === 'too-many-codes';

/** A code was sent to an address: typed here it proves that the address is the person's own (R4.3). */
export const ConfirmAddress = (properties: Properties) => {
  const { field, address, isInUse, onConfirmed, onDrop } = properties;
  const t = texts<Key>();
  const [outcome, setOutcome] = useState(properties.outcome);
  const [isAsked, setIsAsked] = useState(!isInUse);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<Wrong>();
  const [state, setState] = useState<'open' | 'busy' | 'failed'>('open');
  const input = useRef<HTMLInputElement>(null);
  const isFresh = useRef(properties.outcome !== undefined);
  // Who has just saved a new address, or asked for a code, goes on here.
  useEffect(() => {
    if (isAsked && isFresh.current) input.current?.focus();
  }, [isAsked]);

  const attempt = async (act: () => Promise<void>) => {
    if (state === 'busy') return;
    setState('busy');
    try {
      await act();
      setState('open');
    } catch {
      setState('failed');
    }
  };

  const send = () =>
    attempt(async () => {
      setWrong(undefined);
      // What is said twice must come anew to be heard.
      setOutcome(undefined);
      isFresh.current = true;
      const answer = await postCode({ field }).catch(failure => {
        if (wasTooMany(failure)) return undefined;
        throw failure;
      });
      setOutcome(answer ? (answer.codes?.[field] ?? 'sent') : 'too-many');
      setIsAsked(true);
      input.current?.focus();
    });

  const refuse = (found: Wrong) => {
    setWrong(found);
    setOutcome(undefined);
    input.current?.focus();
  };

  const confirm = (event: Event) => {
    event.preventDefault();
    const read = readCode(code);
    if (read === undefined) return refuse({ key: 'code.missing' });
    void attempt(async () => {
      const answer = await postConfirmation({ field, code: read }).catch(failure => {
        const found = wrongOf(failure);
        if (!found) throw failure;
        refuse(found);
        return undefined;
      });
      if (answer) onConfirmed(answer);
    });
  };

  const [heading, hint, error] = [`confirm-${field}`, `code-${field}-hint`, `code-${field}-error`];
  const isBusy = state === 'busy';
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
        <form class="form" noValidate onSubmit={confirm}>
          <div class={`field hds-text-input ${wrong ? 'field--invalid hds-text-input--invalid' : ''}`}>
            <label class="hds-text-input__label" for={`code-${field}`}>
              {t('code')}
            </label>
            <div class="hds-text-input__input-wrapper details__code">
              <input
                id={`code-${field}`}
                ref={input}
                class="hds-text-input__input"
                inputMode="numeric"
                autocomplete="one-time-code"
                maxLength={12}
                value={code}
                aria-describedby={wrong ? `${error} ${hint}` : hint}
                aria-invalid={wrong ? 'true' : undefined}
                onInput={event => setCode(event.currentTarget.value)}
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
          <div class="actions">
            <button type="submit" class="hds-button hds-button--primary" aria-disabled={isBusy}>
              {t('confirm')}
            </button>
            <button
              type="button"
              class="hds-button hds-button--secondary"
              aria-disabled={isBusy}
              onClick={() => void send()}
            >
              {t('code.again')}
            </button>
            {!isInUse && (
              <button
                type="button"
                class="hds-button hds-button--secondary"
                aria-disabled={isBusy}
                onClick={() => void attempt(onDrop)}
              >
                {t('confirm.drop')}
              </button>
            )}
          </div>
        </form>
      ) : (
        <button
          type="button"
          class="hds-button hds-button--secondary"
          aria-disabled={isBusy}
          onClick={() => void send()}
        >
          {t('code.send')}
        </button>
      )}
    </section>
  );
};
