import { useId, useState } from 'preact/hooks';
import type { CaseAnswer } from '../../../lambdas/http/wire.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { PlainText } from '../../components/plain-text/plain-text.tsx';
import { type EventOf, eventsOf } from './events.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';
import { ReplyForm } from './reply-form.tsx';

const Message = ({ event }: { event: EventOf<'message'> }) => {
  const t = texts<keyof typeof fi>();
  const own = event.by === 'citizen';
  return (
    <li class={`message ${own ? 'message--own' : ''}`}>
      <p class="message__head">
        <strong>{t(own ? 'message.own' : 'message.department')}</strong>{' '}
        <time dateTime={iso(event.at)}>{dayAndClock(event.at, pageLanguage())}</time>
      </p>
      <PlainText text={event.text} />
    </li>
  );
};

interface Properties {
  readonly shown: CaseAnswer;
  /** Fetches the case anew. */
  readonly onSent: () => Promise<void>;
}

/** *Viestit* (R8): an official has started, the citizen answers. */
export const Messages = ({ shown, onSent }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [answering, setAnswering] = useState(false);
  const headingId = useId();
  const messages = eventsOf(shown.events, 'message');
  if (messages.length === 0 && !shown.canReply) return null;

  const close = () => {
    setAnswering(false);
    focusById(headingId);
  };
  const sent = () => {
    close();
    announce(t('reply.sent'));
    // The reply is stored; where only the fresh list fails, the next visit has it.
    onSent().catch(() => undefined);
  };

  return (
    <Part title={t('messages')} headingId={headingId}>
      {messages.length > 0 && (
        <ol class="messages">
          {messages.map(event => (
            <Message key={event.id} event={event} />
          ))}
        </ol>
      )}
      {!shown.canReply && <p class="muted">{t('messages.closed')}</p>}
      {shown.canReply && !answering && (
        <button
          type="button"
          class="hds-button hds-button--primary hds-button--small"
          onClick={() => setAnswering(true)}
        >
          {t('reply')}
        </button>
      )}
      {answering && <ReplyForm caseNumber={shown.caseNumber} onSent={sent} onCancel={close} />}
    </Part>
  );
};
