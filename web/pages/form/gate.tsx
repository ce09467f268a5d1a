import type { FormInUse } from '../../../lambdas/forms/form.ts';
import { dayAndClock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import { useMoment } from './closing.tsx';
import type fi from './fi.json';
import { Places } from './places.tsx';

type Key = keyof typeof fi;

/** No such form, or none any more. */
export const Missing = () => {
  const t = texts<Key>();
  return (
    <div class="stack">
      <h1>{t('missing')}</h1>
      <p>{t('missing.text')}</p>
      <a class="hds-button hds-button--primary" href={pageUrl(pageLanguage(), 'services')}>
        {t('missing.services')}
      </a>
    </div>
  );
};

interface UnavailableProperties {
  readonly form: FormInUse;
  readonly hasDraft: boolean;
  /** It has opened while the page waited. */
  readonly onOpen: () => void;
}

/** Says when a form opens, or that it has closed (R6.6). */
export const Unavailable = ({ form, hasDraft, onOpen }: UnavailableProperties) => {
  const t = texts<Key>();
  const language = pageLanguage();
  const isEarly = form.availability === 'not-open-yet';
  useMoment(form, isEarly ? form.settings.opensAt : undefined, onOpen);
  const at = isEarly ? form.settings.opensAt : form.settings.closesAt;
  // It closes with the first instant it is closed; the last one it was open is what people are told.
  const time = at === undefined ? '' : dayAndClock(isEarly ? at : at - 1, language);
  return (
    <div class="stack">
      <h1>{form.title[language]}</h1>
      {isEarly && form.settings.course && <Places form={form} />}
      <Notice kind="info" title={t(isEarly ? 'notYet' : 'closed')}>
        <p>{t(isEarly ? 'notYet.text' : 'closed.text', { time })}</p>
        {hasDraft && <p>{t('closed.draft')}</p>}
      </Notice>
      <a href={pageUrl(language, 'services')}>{t('missing.services')}</a>
    </div>
  );
};
