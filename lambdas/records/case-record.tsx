import type { ComponentChildren } from 'preact';
import { calendarDay, dayAndClock, iso } from '../../web/client/dates.ts';
import { AnswersView } from '../../web/components/form/answers-view.tsx';
import { PlainText } from '../../web/components/plain-text/plain-text.tsx';
import { eventWords } from '../../web/pages/folder/event-words.ts';
import { type EventOf, eventsOf } from '../../web/pages/folder/events.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { Language } from '../domain/language.ts';
import { statusNames } from '../domain/status.ts';
import type { CaseAnswer } from '../http/wire/cases.ts';
import { fileText, folderText, recordText } from './record-texts.ts';
import { Facts } from './sheet.tsx';

export interface CaseRecord {
  readonly language: Language;
  /** All that the citizen may see of it. */
  readonly shown: CaseAnswer;
  /** As it was filled in. */
  readonly form: CompiledForm;
  /** Of the headings inside. */
  readonly level: 2 | 4;
}

type Properties = Omit<CaseRecord, 'form'>;

const Heading = ({ level, children }: Pick<CaseRecord, 'level'> & { children: ComponentChildren }) => {
  const Tag = `h${level}` as 'h2';
  return <Tag>{children}</Tag>;
};

const At = ({ at, language }: { at: number; language: Language }) => (
  <time dateTime={iso(at)}>{dayAndClock(at, language)}</time>
);

type Decision = EventOf<'decision'>;

/** As the decision says, or else its form. */
const Appeal = ({ event, form, language }: { event: Decision; form: CompiledForm; language: Language }) => {
  const t = folderText(language);
  const { instructions, url, dueDate } = event.appeal ?? {};
  const how = instructions?.[language] ?? form.settings.appeal?.[language];
  if (!how && !url && !dueDate) return null;
  return (
    <>
      <p>
        <strong>{t('appeal')}</strong>
      </p>
      {how && <PlainText text={how} />}
      {url && <PlainText text={url} />}
      {dueDate && (
        <p>
          {t('appeal.due')} <strong>{calendarDay(dueDate, language)}</strong>
        </p>
      )}
    </>
  );
};

const Decisions = ({ shown, form, language, level }: CaseRecord) => {
  const decisions = eventsOf(shown.events, 'decision');
  if (decisions.length === 0) return null;
  return (
    <>
      <Heading level={level}>{recordText(language)('decisions')}</Heading>
      {decisions.map(event => (
        <div key={event.id}>
          <p>
            <strong>{event.title[language]}</strong>, <At at={event.at} language={language} />
            {event.readAt !== undefined && (
              <>
                {' · '}
                {folderText(language)('decision.served')} <At at={event.readAt} language={language} />
              </>
            )}
          </p>
          <PlainText text={event.text} />
          <Appeal event={event} form={form} language={language} />
        </div>
      ))}
    </>
  );
};

const Requests = ({ shown, language, level }: Properties) => {
  const t = recordText(language);
  const requests = eventsOf(shown.events, 'request');
  if (requests.length === 0) return null;
  return (
    <>
      <Heading level={level}>{t('requests')}</Heading>
      {requests.map(({ id, at, text, dueDate }) => (
        <div key={id}>
          <p>
            <At at={at} language={language} />
            {dueDate && <strong>. {t('request.due', { date: calendarDay(dueDate, language) })}</strong>}
          </p>
          <PlainText text={text} />
        </div>
      ))}
    </>
  );
};

const Messages = ({ shown, language, level }: Properties) => {
  const t = recordText(language);
  const messages = eventsOf(shown.events, 'message');
  if (messages.length === 0) return null;
  return (
    <>
      <Heading level={level}>{t('messages')}</Heading>
      {messages.map(({ id, at, by, byName, text, attachments = [] }) => (
        <div key={id}>
          <p>
            <strong>{byName ?? t(by === 'citizen' ? 'message.own' : 'message.department')}</strong>,{' '}
            <At at={at} language={language} />
          </p>
          <PlainText text={text} />
          {attachments.length > 0 && (
            <p>
              {t('attachments')}: {attachments.map(({ name }) => name).join(', ')}
            </p>
          )}
        </div>
      ))}
    </>
  );
};

const Timeline = ({ shown, language, level }: Properties) => (
  <>
    <Heading level={level}>{recordText(language)('timeline')}</Heading>
    <dl>
      {shown.events.map(event => (
        <div key={event.id}>
          <dt>
            <At at={event.at} language={language} />
          </dt>
          <dd>{eventWords(event, folderText(language), language)}</dd>
        </div>
      ))}
    </dl>
  </>
);

const Attachments = ({ shown, language, level }: Properties) => {
  const t = recordText(language);
  if (shown.attachments.length === 0) return null;
  return (
    <>
      <Heading level={level}>{t('attachments')}</Heading>
      <p>{t('attachments.text')}</p>
      <dl>
        {shown.attachments.map(({ id, name, size, sha256, state, why = 'unreadable' }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              {t('attachments.file', {
                size,
                sha256,
                state: fileText(language)(
                  state === 'refused' ? `files.refused.${why}` : `files.state.${state}`,
                ),
              })}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
};

/** E-mails and text messages that told of the case, and what became of them. */
const Notifications = ({ shown: { notifications }, language, level }: Properties) => {
  const t = folderText(language);
  if (notifications.length === 0) return null;
  return (
    <>
      <Heading level={level}>{t('notifications')}</Heading>
      <ul>
        {notifications.map(({ at, channel, outcome }) => (
          <li key={at}>
            {t(`notification.${channel}`)} <At at={at} language={language} />
            {' · '}
            {t(`notification.${outcome}`)}
          </li>
        ))}
      </ul>
    </>
  );
};

/** All of a case, oldest first: to be read on paper, where nothing unfolds. */
export const CaseView = (properties: CaseRecord) => {
  const { shown, form, language, level } = properties;
  const t = recordText(language);
  const isAmended = eventsOf(shown.events, 'amendment').length > 0;
  return (
    <>
      <Facts
        facts={[
          [t('number'), shown.caseNumber],
          [t('form'), form.title[language]],
          [t('status'), statusNames[shown.status][language]],
          [t('sentAt'), dayAndClock(shown.submittedAt, language)],
          [t('updatedAt'), dayAndClock(shown.updatedAt, language)],
        ]}
      />
      <Requests {...properties} />
      <Decisions {...properties} />
      <Messages {...properties} />
      <Timeline {...properties} />
      <Heading level={level}>{t('answers')}</Heading>
      {isAmended && <p>{t('answers.amended')}</p>}
      <AnswersView form={form} answers={shown.answers} language={language} level={level + 1} />
      <Attachments {...properties} />
      <Notifications {...properties} />
    </>
  );
};
