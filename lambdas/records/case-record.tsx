import type { ComponentChildren } from 'preact';
import { calendarDay, dayAndClock, iso } from '../../web/client/dates.ts';
import { AnswersView } from '../../web/components/form/answers-view.tsx';
import { PlainText } from '../../web/components/plain-text/plain-text.tsx';
import { eventWords } from '../../web/pages/folder/event-words.ts';
import { eventsOf } from '../../web/pages/folder/events.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { Language } from '../domain/language.ts';
import { statusNames } from '../domain/status.ts';
import type { CaseAnswer } from '../http/wire.ts';
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

const Decisions = ({ shown, language, level }: Properties) => {
  const decisions = eventsOf(shown.events, 'decision');
  if (decisions.length === 0) return null;
  return (
    <>
      <Heading level={level}>{recordText(language)('decisions')}</Heading>
      {decisions.map(({ id, at, title, text }) => (
        <div key={id}>
          <p>
            <strong>{title[language]}</strong>, <At at={at} language={language} />
          </p>
          <PlainText text={text} />
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
      {messages.map(({ id, at, by, text }) => (
        <div key={id}>
          <p>
            <strong>{t(by === 'citizen' ? 'message.own' : 'message.department')}</strong>,{' '}
            <At at={at} language={language} />
          </p>
          <PlainText text={text} />
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

/** All of a case, oldest first: to be read on paper, where nothing unfolds. */
export const CaseView = ({ form, ...properties }: CaseRecord) => {
  const { shown, language, level } = properties;
  const t = recordText(language);
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
      <AnswersView form={form} answers={shown.answers} language={language} level={level + 1} />
      <Attachments {...properties} />
    </>
  );
};
