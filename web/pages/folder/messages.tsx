import { useEffect, useId, useState } from 'preact/hooks';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { focusById } from '../../client/focus.ts';
import { lazily } from '../../client/lazily.tsx';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { PlainText } from '../../components/plain-text/plain-text.tsx';
import { RoleList } from '../../components/role-list/role-list.tsx';
import { type EventOf, eventsOf } from './events.ts';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** Most of those who look write nothing. */
const ReplyForm = lazily(() => import('./reply-form.tsx').then(part => part.ReplyForm));

const Message = ({ event }: { event: EventOf<'message'> }) => {
  const t = texts<keyof typeof fi>();
  const own = event.by === 'citizen';
  const { attachments = [] } = event;
  return (
    <li class={`message ${own ? 'message--own' : ''}`}>
      <p class="message__head">
        <strong>{t(own ? 'message.own' : 'message.department')}</strong>{' '}
        <time dateTime={iso(event.at)}>{dayAndClock(event.at, pageLanguage())}</time>
      </p>
      <PlainText text={event.text} />
      {attachments.length > 0 && (
        <ul class="message__files" aria-label={t('attachments')}>
          {attachments.map(({ id, name }) => (
            <li key={id}>
              <Icon name="paperclip" />
              {name}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** Health care's messages live in its own service (R7.8): none is ever here. */
const Elsewhere = () => {
  const t = texts<keyof typeof fi | 'health.url'>();
  return (
    <Part title={t('messages')}>
      <p>{t('messages.elsewhere')}</p>
      <p>
        <a href={t('health.url')} rel="noreferrer">
          {t('messages.elsewhere.link')}
        </a>
      </p>
    </Part>
  );
};

/** The conversation is open, to colleagues whose mandate covers the form. */
const OthersReply = ({ roles }: { roles: readonly string[] }) => {
  const t = texts<keyof typeof fi>();
  return (
    <Notice kind="info" title={t('reply.others')}>
      <p>{t('reply.others.roles')}</p>
      <RoleList roles={roles} />
      <p>{t('reply.others.ask')}</p>
    </Notice>
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
  const { canReply, rolesToReply, caseNumber, replyDraft, status } = shown;
  const [answering, setAnswering] = useState(false);
  const [draft, setDraft] = useState(replyDraft ?? '');
  useEffect(() => setDraft(replyDraft ?? ''), [replyDraft]);
  const headingId = useId();
  const messages = eventsOf(shown.events, 'message');
  if (shown.messagesElsewhere) return <Elsewhere />;
  if (messages.length === 0 && !canReply && !rolesToReply) return null;

  const close = (left: string) => {
    setDraft(left);
    setAnswering(false);
    focusById(headingId);
  };
  const sent = () => {
    close('');
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
      {rolesToReply && <OthersReply roles={rolesToReply} />}
      {!canReply && !rolesToReply && (
        <p class="muted">{t(status === 'closed' ? 'messages.closed' : 'messages.ended')}</p>
      )}
      {canReply && !answering && draft !== '' && <p class="muted">{t('reply.unfinished')}</p>}
      {canReply && !answering && (
        <button
          type="button"
          class="hds-button hds-button--primary hds-button--small"
          onClick={() => setAnswering(true)}
        >
          {t('reply')}
        </button>
      )}
      {answering && <ReplyForm caseNumber={caseNumber} draft={draft} onSent={sent} onCancel={close} />}
    </Part>
  );
};
