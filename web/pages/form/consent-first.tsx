import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

/** Instead of a form's questions, as long as the consent it demands has not been given. `wanted`: that form's id. */
export const ConsentFirst = ({ form, wanted }: { form: FormInUse; wanted: string }) => {
  const t = texts<keyof typeof fi>();
  const language = pageLanguage();
  return (
    <div class="stack">
      <h1>{form.title[language]}</h1>
      <Notice kind="info" title={t('consentFirst')}>
        <p>{t('consentFirst.text')}</p>
        <p>{t('consentFirst.child')}</p>
      </Notice>
      <a
        class="hds-button hds-button--primary"
        href={`${pageUrl(language, 'form', wanted)}?next=${encodeURIComponent(form.id)}`}
      >
        {t('consentFirst.open')}
      </a>
    </div>
  );
};
