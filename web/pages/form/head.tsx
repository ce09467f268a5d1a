import { textOf } from '../../../lambdas/domain/forms/text.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { FormText } from '../../components/form/form-text.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';
import { Places } from './places.tsx';

/** The form's name on every step; on the first also what it is, until when, and whether it is stored (R6.7). */
export const Head = ({ form, isFirst }: { form: CompiledForm; isFirst: boolean }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  const { stored, closesAt, course } = form.settings;
  const description = textOf(form, language, form.schema.description);
  return (
    <header class="stack">
      <h1>{form.title[language]}</h1>
      {isFirst && description !== undefined && <FormText text={description} />}
      {isFirst && course && <Places form={form} />}
      {isFirst && closesAt !== undefined && (
        <p>{t('closesAt', { time: dayAndClock(closesAt - 1, language) })}</p>
      )}
      {!stored && (
        <Notice kind="info" title={t('notStored')}>
          <p>{t('notStored.text')}</p>
        </Notice>
      )}
      {isFirst && (
        <p>
          {/* Of a form nobody has written a notice for, the same page tells where the others are. */}
          <a href={`${pageUrl(language, 'privacy')}#${form.id}`}>{t('privacy')}</a>
        </p>
      )}
    </header>
  );
};
