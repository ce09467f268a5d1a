import type { Language } from '../../../lambdas/domain/language.ts';
import { statusNames } from '../../../lambdas/domain/status.ts';
import type { CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import { calendarDay } from '../../client/dates.ts';
import type { Translate } from '../../client/texts.ts';
import type fi from './fi.json';

/** What happened, in one line; the content of messages and decisions stands in its own part. */
export const eventWords = (
  event: CitizenEvent,
  t: Translate<keyof typeof fi>,
  language: Language,
): string => {
  switch (event.type) {
    case 'submitted':
      return t('event.submitted');
    case 'status':
      return t('event.status', { status: event.label?.[language] ?? statusNames[event.status][language] });
    case 'message':
      return t(event.by === 'citizen' ? 'event.message.own' : 'event.message');
    case 'conversation-closed':
      return t('event.conversation-closed');
    case 'decision':
      return t('event.decision', { title: event.title[language] });
    case 'place':
      return t('event.place');
    case 'request':
      return event.dueDate
        ? t('event.request.due', { date: calendarDay(event.dueDate, language) })
        : t('event.request');
    case 'amendment':
      return t('event.amendment');
    case 'attachment':
      return t('event.attachment', { name: event.attachment.name });
    case 'attachment-refused':
      return t(`event.attachment.${event.why}`, { name: event.attachment.name });
    default:
      return event satisfies never;
  }
};
