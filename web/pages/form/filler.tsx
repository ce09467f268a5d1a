import { useLayoutEffect } from 'preact/hooks';
import { lazily } from '../../client/lazily.tsx';
import { texts } from '../../client/texts.ts';
import { giveBackTyped } from '../../client/typed-before.ts';
import { nameOf } from '../../components/form/form-view.ts';
import type fi from './fi.json';
import { Head } from './head.tsx';
import type { Opening } from './opening.ts';
import { PageStep } from './page-step.tsx';
import { SaveLine } from './save-line.tsx';
import { type Step, StepIndicator } from './step-indicator.tsx';
import { type Filling, useFilling } from './use-filling.ts';
import { mayBeSent } from './use-sending.ts';
import { review } from './use-steps.ts';

const Ending = lazily(() => import('./later.ts').then(part => part.Ending));
const Amends = lazily(() => import('./later.ts').then(part => part.Amends), true);
const Conflict = lazily(() => import('./later.ts').then(part => part.Conflict));

const stepsOf = ({ pages, page, index, errors, view }: Filling, reviewTitle: string): readonly Step[] => [
  ...pages.map((one, at) => ({
    id: one.name,
    title: nameOf(one, view),
    isDone: errors.isClean(one.name) && (errors.hasTried(one.name) || at < index || !page),
  })),
  { id: review, title: reviewTitle, isDone: false },
];

const CurrentStep = (filling: Filling) => {
  const { page, pages, index, view, errors, sending } = filling;
  const count = pages.length + 1;
  // The browser's Back still moves between the steps: what has been sent cannot be filled in again.
  return page && sending.state !== 'sent' ? (
    <PageStep
      page={page}
      number={index + 1}
      count={count}
      view={view}
      summary={errors.summary(page.name)}
      onNext={filling.next}
      onPrevious={index > 0 ? filling.previous : undefined}
      onSave={view.form.settings.stored ? filling.save : undefined}
    />
  ) : (
    <Ending
      view={view}
      number={count}
      attempt={errors.attemptsAt(review)}
      standing={errors.standing()}
      sending={sending}
      onEdit={filling.go}
      onShow={filling.show}
      onSend={() => void filling.send()}
      onPrevious={filling.previous}
    />
  );
};

/** Filling a form in, from the first question to the case number. */
export const Filler = (opening: Opening) => {
  const t = texts<keyof typeof fi>();
  const filling = useFilling(opening);
  // A draft has answers of its own. Before the paint: the focus must not be nowhere for a moment.
  useLayoutEffect(() => {
    if (!opening.start && !opening.place.answers) giveBackTyped();
  }, []);
  const { page, index, kept, go, sending, errors } = filling;
  const { form } = opening;
  const isConflict = kept.state?.kind === 'conflict' && !(kept.state.isGone && mayBeSent(sending));
  if (sending.state === 'sent') return <CurrentStep {...filling} />;
  return (
    <div class="form-page" onFocusIn={event => filling.at((event.target as Element).id)}>
      {errors.Closing && <errors.Closing form={form} />}
      <Head form={form} isFirst={index === 0} />
      {opening.amends && <Amends caseNumber={opening.amends} />}
      <StepIndicator steps={stepsOf(filling, t('review'))} current={page?.name ?? review} onGo={go} />
      {isConflict && <Conflict {...filling} />}
      <CurrentStep {...filling} />
      {form.settings.stored && <SaveLine state={kept.state} />}
    </div>
  );
};
