import * as z from 'zod/mini';
import { pageUrl } from '../../web/urls.ts';
import { recordReading } from '../access-log/record.ts';
import { calendarFile, type Deadline, deadlineSummary } from '../domain/calendar.ts';
import type { CaseEvent } from '../domain/case.ts';
import type { CasePrefix } from '../domain/case-number.ts';
import { languages } from '../domain/language.ts';
import { refuse } from '../domain/refusal.ts';
import { type Answer, download } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { AccessLog } from '../storage/access-log.ts';
import type { Cases } from '../storage/cases.ts';
import { numberOf } from './number.ts';

export interface CalendarDependencies {
  readonly cases: Pick<Cases, 'open'>;
  readonly log: Pick<AccessLog, 'addReading'>;
  readonly prefix: CasePrefix;
  readonly portalUrl: string;
}

const query = z.object({ query: z.object({ language: z._default(z.enum(languages), 'fi') }) });

const deadlineOf = (event: CaseEvent | undefined): { what: Deadline; date: string } | undefined => {
  if (event?.type === 'request' && event.dueDate) return { what: 'request', date: event.dueDate };
  if (event?.type === 'decision' && event.appeal?.dueDate)
    return { what: 'decision', date: event.appeal.dueDate };
  return undefined;
};

/** `GET cases/{caseNumber}/events/{event}/calendar?language=`: the day by which something must be done, for a calendar. */
export const getCalendar = async (
  request: CitizenRequest,
  { cases, log, prefix, portalUrl }: CalendarDependencies,
): Promise<Answer> => {
  const caseNumber = numberOf(request, prefix);
  const { language } = parse(query, { query: request.query }).query;
  const opened = await cases.open(request.session.owner, caseNumber);
  const event = opened?.events.find(({ id }) => id === request.parameters.event);
  const deadline = deadlineOf(event);
  if (!event || !deadline) return refuse({ kind: 'not-found' });
  await recordReading(request, caseNumber, 'case', log);
  const file = calendarFile({
    uid: `${event.id}@${new URL(portalUrl).hostname}`,
    date: deadline.date,
    summary: deadlineSummary(deadline.what, caseNumber, language),
    url: portalUrl + pageUrl(language, 'folder', caseNumber),
    now: request.now,
  });
  return download(new TextEncoder().encode(file), 'text/calendar; charset=utf-8', `${caseNumber}.ics`);
};
