import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiFailure, postMessage } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';

interface Properties {
  readonly caseNumber: string;
  readonly onSent: () => void;
  readonly onCancel: () => void;
}

/** Characters; as the server has it. */
const longestMessage = 4000;

/** The same text sent again is the same message, whatever became of the first answer; a changed text is another one. */
const useIdempotencyKey = () => {
  const last = useRef({ text: '', key: '' });
  return (text: string): string => {
    if (last.current.text !== text) last.current = { text, key: crypto.randomUUID() };
    return last.current.key;
  };
};

const closedKinds = ['conversation-closed', 'conversation-not-started'];

/** *Vastaa* (R8.1). A failure keeps what was written. */
export const ReplyForm = ({ caseNumber, onSent, onCancel }: Properties) => {
  const t = texts<keyof typeof fi>();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const keyFor = useIdempotencyKey();
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const [state, setState] = useState<'open' | 'sending' | 'failed' | 'closed'>('open');
  useEffect(() => field.current?.focus(), []);

  const send = async (message: string) => {
    setState('sending');
    try {
      await postMessage(caseNumber, { text: message }, keyFor(message));
      onSent();
    } catch (failure) {
      const closed = failure instanceof ApiFailure && closedKinds.includes(failure.kind);
      setState(closed ? 'closed' : 'failed');
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const message = text.trim();
    setMissing(message === '');
    if (message === '') field.current?.focus();
    else if (state !== 'sending') void send(message);
  };

  return (
    <form class="form case__reply" noValidate onSubmit={submit}>
      <div class={`field hds-text-input ${missing ? 'field--invalid hds-text-input--invalid' : ''}`}>
        <label class="hds-text-input__label" for={id}>
          {t('reply.text')}
        </label>
        <textarea
          id={id}
          ref={field}
          class="hds-text-input__input"
          rows={6}
          maxLength={longestMessage}
          required
          value={text}
          aria-invalid={missing ? 'true' : undefined}
          aria-describedby={missing ? `${id}-error ${id}-hint` : `${id}-hint`}
          onInput={event => setText(event.currentTarget.value)}
        />
        {missing && (
          <p class="field__error" id={`${id}-error`}>
            <Icon name="error-fill" />
            {t('reply.missing')}
          </p>
        )}
        <p class="field__hint" id={`${id}-hint`}>
          {t('reply.hint')}
        </p>
      </div>
      <div role="alert">
        {state === 'failed' && <Notice kind="error" title={t('reply.failed')} />}
        {state === 'closed' && <Notice kind="error" title={t('reply.closed')} />}
      </div>
      <div class="actions">
        <button type="submit" class="hds-button hds-button--primary" aria-disabled={state === 'sending'}>
          {t('reply.send')}
        </button>
        <button type="button" class="hds-button hds-button--secondary" onClick={onCancel}>
          {t('reply.cancel')}
        </button>
      </div>
    </form>
  );
};
