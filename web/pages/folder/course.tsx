import { useEffect, useState } from 'preact/hooks';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { postCancellation } from '../../client/api.ts';
import { focusById } from '../../client/focus.ts';
import { announce } from '../../client/live.ts';
import { texts } from '../../client/texts.ts';
import { Dialog } from '../../components/dialog/dialog.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import type fi from './fi.json';
import { Part } from './part.tsx';

type Course = NonNullable<CaseAnswer['course']>;

interface ConfirmProperties {
  readonly caseNumber: string;
  readonly course: Course;
  readonly onLeft: () => void;
  readonly onKeep: () => void;
}

const ConfirmLeaving = ({ caseNumber, course, onLeft, onKeep }: ConfirmProperties) => {
  const t = texts<keyof typeof fi>();
  const [state, setState] = useState<'open' | 'sending' | 'failed'>('open');
  const leave = async () => {
    if (state === 'sending') return;
    setState('sending');
    await postCancellation(caseNumber).then(onLeft, () => setState('failed'));
  };
  return (
    <Dialog
      title={t('course.leave.confirm')}
      onDismiss={onKeep}
      actions={
        <>
          <button type="button" class="hds-button hds-button--secondary" onClick={onKeep}>
            {t('course.leave.no')}
          </button>
          <button
            type="button"
            class="hds-button hds-button--danger"
            aria-disabled={state === 'sending'}
            onClick={() => void leave()}
          >
            {t('course.leave.yes')}
          </button>
        </>
      }
    >
      <p>{t(course.state === 'place' ? 'course.leave.place' : 'course.leave.waiting')}</p>
      <div role="alert">{state === 'failed' && <Notice kind="error" title={t('course.leave.failed')} />}</div>
    </Dialog>
  );
};

interface Properties {
  readonly shown: CaseAnswer;
  readonly onLeft: () => Promise<void>;
}

/** A registration for a course (R6.6): the place or the number in the waiting list, and the way to give it up. */
export const CourseRegistration = ({ shown: { caseNumber, course }, onLeft }: Properties) => {
  const t = texts<keyof typeof fi>();
  const [asking, setAsking] = useState(false);
  const [left, setLeft] = useState(false);
  const heading = `course-${caseNumber}`;
  // Only once the dialog has closed can focus go anywhere else; the button that opened it is gone.
  useEffect(() => {
    if (left) focusById(heading);
  }, [left]);
  if (!course) return null;
  const leave = async () => {
    await onLeft();
    setAsking(false);
    setLeft(true);
    announce(t('course.leave.done'));
  };
  return (
    <Part title={t('course')} headingId={heading}>
      <p>{t(`course.${course.state}`, { position: course.position ?? 0 })}</p>
      {course.canLeave && (
        <p class="actions">
          <button
            type="button"
            class="hds-button hds-button--secondary hds-button--small"
            onClick={() => setAsking(true)}
          >
            {t('course.leave')}
          </button>
        </p>
      )}
      {asking && (
        <ConfirmLeaving
          caseNumber={caseNumber}
          course={course}
          onLeft={() => void leave()}
          onKeep={() => setAsking(false)}
        />
      )}
    </Part>
  );
};
