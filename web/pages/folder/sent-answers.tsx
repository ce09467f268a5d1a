import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { CaseAnswer } from '../../../lambdas/http/wire.ts';
import { getForm } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import type fi from './fi.json';
import { Part } from './part.tsx';

/** All answers as the form showed them, by the very version that was filled in (R7.5). */
export const SentAnswers = ({ shown }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const form = useLoad(() => getForm<CompiledForm>(shown.form, shown.formVersion), shown.formVersion);
  return (
    <Part title={t('answers')}>
      {form.state === 'loading' && <Loading />}
      {form.state === 'failed' && <LoadFailure what={t('answers.failed')} onRetry={form.reload} />}
      {form.state === 'ready' && <pre>{JSON.stringify(shown.answers, null, 2)}</pre>}
    </Part>
  );
};
