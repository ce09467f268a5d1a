import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { MessageRequest } from '../../../lambdas/http/wire/cases.ts';
import { ApiFailure, postMessage } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';
import { ReplyFiles, type ReplyFilesState } from './reply-files.tsx';
import { useReplyDraft } from './use-reply-draft.ts';

interface Properties {
  readonly caseNumber: string;
  /** What was written before. */
  readonly draft: string;
  readonly onSent: () => void;
  /** Given what is left of it. */
  readonly onCancel: (left: string) => void;
}

/** Characters; as the server has it. */
const longestMessage = 4000;

/** The same message sent again is the same one, whatever became of the first answer; a changed one is another. */
const useIdempotencyKey = () => {
  const last = useRef({ message: '', key: '' });
  return (request: MessageRequest): string => {
    const message = JSON.stringify(request);
    if (last.current.message !== message) last.current = { message, key: crypto.randomUUID() };
    return last.current.key;
  };
};

const troubles = {
  'conversation-closed': 'closed',
  'conversation-not-started': 'closed',
  'too-many-messages': 'tooMany',
  'attachment-refused': 'file',
  'attachment-missing': 'file',
  'attachments-not-taken': 'closed',
  'role-missing': 'role',
} as const;
type Trouble = (typeof troubles)[keyof typeof troubles] | 'failed' | 'busy';

const troubleOf = (failure: unknown): Trouble =>
  failure instanceof ApiFailure && Object.hasOwn(troubles, failure.kind)
    ? troubles[failure.kind as keyof typeof troubles]
    : 'failed';

/** *Vastaa* (R8.1). A failure keeps what was written. */
export const ReplyForm = ({ caseNumber, draft, onSent, onCancel }: Properties) => {
  const t = texts<keyof typeof fi>();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const keyFor = useIdempotencyKey();
  const [text, setText] = useState(draft);
  const saving = useReplyDraft(caseNumber, draft);
  const [files, setFiles] = useState<ReplyFilesState>({ ready: [], isBusy: false });
  const [missing, setMissing] = useState(false);
  const [state, setState] = useState<'open' | 'sending' | Trouble>('open');
  useEffect(() => field.current?.focus(), []);

  const send = async (message: string) => {
    setState('sending');
    const request = { text: message, ...(files.ready.length > 0 && { attachments: files.ready }) };
    try {
      // A saving that came later would bring the draft back.
      await saving.flush();
      await postMessage(caseNumber, request, keyFor(request));
      saving.settle();
      onSent();
    } catch (failure) {
      setState(troubleOf(failure));
    }
  };

  const cancel = () => {
    saving.typed('');
    void saving.flush();
    onCancel('');
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const message = text.trim();
    setMissing(message === '');
    if (message === '') field.current?.focus();
    else if (files.isBusy) setState('busy');
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
          onInput={event => {
            setText(event.currentTarget.value);
            saving.typed(event.currentTarget.value);
          }}
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
        {saving.state && <p class="muted case__reply-state">{t(`reply.draft.${saving.state}`)}</p>}
      </div>
      <ReplyFiles caseNumber={caseNumber} onChange={setFiles} />
      <div role="alert">
        {state !== 'open' && state !== 'sending' && <Notice kind="error" title={t(`reply.${state}`)} />}
      </div>
      <div class="actions">
        <button type="submit" class="hds-button hds-button--primary" aria-disabled={state === 'sending'}>
          {t('reply.send')}
        </button>
        <button type="button" class="hds-button hds-button--secondary" onClick={cancel}>
          {t('reply.cancel')}
        </button>
      </div>
    </form>
  );
};
