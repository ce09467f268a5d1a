import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { getForm } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** The view and what it knows of forms come only when a case is opened: the list itself stays small. */
const loadView = async (shown: CaseAnswer) => {
  const [form, { AnswersView }] = await Promise.all([
    getForm<CompiledForm>(shown.form, shown.formVersion),
    import('../../components/form/answers-view.tsx'),
  ]);
  return { form, AnswersView };
};

/** All answers as the form showed them, by the very version that was filled in (R7.5). */
export const SentAnswers = ({ shown }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const loaded = useLoad(() => loadView(shown), shown.formVersion);
  return (
    <Part title={t('answers')}>
      {loaded.state === 'loading' && <Loading />}
      {loaded.state === 'failed' && <LoadFailure what={t('answers.failed')} onRetry={loaded.reload} />}
      {loaded.state === 'ready' && (
        <loaded.value.AnswersView
          form={loaded.value.form}
          answers={shown.answers}
          language={pageLanguage()}
          level={5}
        />
      )}
    </Part>
  );
};
