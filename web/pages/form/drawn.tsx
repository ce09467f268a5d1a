/** A form's first questions, drawn where no browser is: the same components on the same first state as the script's. */
import type { VNode } from 'preact';
import type { Language } from '../../../lambdas/domain/language.ts';
import { translator } from '../../../lambdas/domain/texts.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { withTexts } from '../../client/texts.ts';
import { inLanguage } from '../../components/frame/page-texts.ts';
import { Filler } from './filler.tsx';
import { clientTexts } from './page.tsx';

/**
 * Where something else comes first for most people, drawing the questions would only flash: a course's free places and
 * a form that is not open are a matter of the moment, consent is one of the person.
 */
const beginsWithQuestions = ({ availability, settings }: FormInUse): boolean =>
  availability === 'open' && settings.course === undefined && settings.requiresConsent === undefined;

/** Renders a page with the form's beginning, or with nothing where something else comes first. */
export const drawn = <Rendered,>(
  form: FormInUse,
  language: Language,
  renderNow: (first: VNode | undefined) => Rendered,
): Rendered => {
  if (!beginsWithQuestions(form)) return renderNow(undefined);
  const first = (
    <div class="drawn">
      <Filler form={form} draftId="" place={{ page: 0 }} />
    </div>
  );
  return withTexts(translator(clientTexts(language), language), () =>
    inLanguage(language, () => renderNow(first)),
  );
};
