import { useState } from 'preact/hooks';
import type { CaseSummary } from '../../../lambdas/http/wire/cases.ts';
import { calendarDay, day, iso, isPast } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { CaseStatus, StatusMeaning } from '../../components/case-status/case-status.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Icon } from '../../components/icon/icon.tsx';
import { CaseDetails } from './case-details.tsx';
import type fi from './fi.json';

interface Properties {
  readonly item: CaseSummary;
  /** The service's. */
  readonly name: string;
  readonly initiallyOpen: boolean;
}

export const headingId = (caseNumber: string): string => `case-${caseNumber}`;

const Facts = ({ item }: { item: CaseSummary }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <dl class="case__facts">
      <div>
        <dt>{t('case.number')}</dt>
        <dd class="case__number">{item.caseNumber}</dd>
      </div>
      <div>
        <dt>{t('case.sent')}</dt>
        <dd>
          <time dateTime={iso(item.submittedAt)}>{day(item.submittedAt, language)}</time>
        </dd>
      </div>
      <div>
        <dt>{t('case.status')}</dt>
        <dd>
          <CaseStatus status={item.status} />
          <p class="case__meaning">
            <StatusMeaning status={item.status} />
          </p>
        </dd>
      </div>
    </dl>
  );
};

/** What the department has asked and not got, with its day. */
const Waiting = ({ waitsFor }: { waitsFor: CaseSummary['waitsFor'] | undefined }) => {
  const t = texts<keyof typeof fi>();
  if (!waitsFor) return null;
  const { dueDate } = waitsFor;
  const key =
    dueDate === undefined ? 'case.waits' : isPast(dueDate, Date.now()) ? 'case.waits.late' : 'case.waits.by';
  return (
    <p class="case__waits">
      <Icon name="clock" />
      {t(key, { date: dueDate === undefined ? '' : calendarDay(dueDate, pageLanguage()) })}
    </p>
  );
};

/**
 * One case, closed or unfolded in place on grey (R7.2, R7.5). The button keeps its name in both states:
 * `aria-expanded` says which it is, and the heading which case it means.
 */
export const CaseItem = ({ item, name, initiallyOpen }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [open, setOpen] = useState(initiallyOpen);
  // Once opened it stays behind the fold: closing loses no half-written answer.
  const [opened, setOpened] = useState(initiallyOpen);
  const [now, setNow] = useState<Pick<CaseSummary, 'status' | 'waitsFor'>>(item);
  const heading = headingId(item.caseNumber);
  return (
    <li class="case" data-case={item.caseNumber}>
      <div class="case__summary">
        <h3 id={heading} class="case__name">
          {name} {item.isNew && <span class="badge badge--new">{t('case.new')}</span>}{' '}
          {item.unreadMessages > 0 && (
            <span class="badge">{t('case.unread', { count: item.unreadMessages })}</span>
          )}
        </h3>
        <Waiting waitsFor={now.waitsFor} />
        <Facts item={{ ...item, status: now.status }} />
        <button
          type="button"
          class="hds-button hds-button--secondary hds-button--small case__open"
          aria-expanded={open}
          aria-controls={`${heading}-details`}
          aria-describedby={heading}
          onClick={() => {
            setOpen(!open);
            setOpened(true);
          }}
        >
          {t('case.open')}
          <Icon name="angle-down" />
        </button>
      </div>
      <div id={`${heading}-details`} class="unfolded" hidden={!open}>
        {opened && <CaseDetails caseNumber={item.caseNumber} onShown={setNow} />}
      </div>
    </li>
  );
};
