import { reverted } from '../../../lambdas/domain/amendment.ts';
import { everyField, type Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { getForm } from '../../client/api.ts';
import { dayAndClock, iso } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { words } from '../../components/form/answers-view.tsx';
import { nameOf } from '../../components/form/form-view.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { type EventOf, eventsOf } from './events.ts';
import type fi from './fi.json';

type Event = EventOf<'amendment'>;

interface Stage {
  readonly event: Event;
  readonly before: Answers;
  readonly after: Answers;
}

/** The answers before and after each change, the last change first: each is what the next one began with. */
const stagesOf = (shown: CaseAnswer): readonly Stage[] => {
  let after = shown.answers;
  return eventsOf(shown.events, 'amendment')
    .toReversed()
    .map(event => {
      const stage = { event, before: reverted(after, event.changes), after };
      after = stage.before;
      return stage;
    });
};

interface Answered {
  readonly name: string;
  readonly answer: string;
}

/** What each field says in words, by its place. */
const answered = (form: CompiledForm, answers: Answers): ReadonlyMap<string, Answered> => {
  const shown = { form, language: pageLanguage() };
  const said = (field: Field): [string, Answered] => [
    field.pointer,
    { name: nameOf(field, shown), answer: words({ field, shown }) },
  ];
  const isAnswered = ({ control }: Field) => !['group', 'list', 'paragraph', 'hidden'].includes(control);
  return new Map([...everyField(settle(form, answers).tree)].filter(isAnswered).map(said));
};

const differing = (form: CompiledForm, { before, after }: Stage) => {
  const [old, now] = [answered(form, before), answered(form, after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map(pointer => ({
      pointer,
      name: (now.get(pointer) ?? old.get(pointer))?.name ?? '',
      before: old.get(pointer)?.answer ?? '',
      after: now.get(pointer)?.answer ?? '',
    }))
    .filter(one => one.before !== one.after);
};

const Change = ({ name, before, after }: { name: string; before: string; after: string }) => {
  const t = texts<keyof typeof fi>();
  return (
    <div class="answers__answer">
      <dt>{name}</dt>
      <dd>
        <span class="visually-hidden">{t('amend.before')} </span>
        <del>{before || t('amend.none')}</del> <span class="visually-hidden">{t('amend.after')} </span>
        <ins>{after || t('amend.none')}</ins>
      </dd>
    </div>
  );
};

/** What was changed, when: what each field said before, and says since. */
export const Changes = ({ shown }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const loaded = useLoad(() => getForm<CompiledForm>(shown.form, shown.formVersion), shown.formVersion);
  if (loaded.state === 'loading') return <Loading />;
  if (loaded.state === 'failed') return <LoadFailure what={t('answers.failed')} onRetry={loaded.reload} />;
  return (
    <ul class="list-plain stack">
      {stagesOf(shown).map(stage => (
        <li key={stage.event.id} class="stack stack--s">
          <p>
            {t('amend.changed')}{' '}
            <time dateTime={iso(stage.event.at)}>{dayAndClock(stage.event.at, pageLanguage())}</time>
          </p>
          <dl class="answers__list">
            {differing(loaded.value, stage).map(one => (
              <Change key={one.pointer} {...one} />
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
};
