/** For whom a form is filled in, and why not for this one. Loaded for those whom it is not for. */
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { RoleList } from '../../components/role-list/role-list.tsx';
import { pageUrl } from '../../urls.ts';

import type fi from './fi.json';

type Key = keyof typeof fi;

/** Nobody identifies again: an organisation is picked in the register of mandates, oneself on the page of choices. */
const wayTo = (kind: SignedIn['kind']): string => {
  const way = kind === 'organisation' ? '/api/auth/mandate' : pageUrl(pageLanguage(), 'actFor');
  return `${way}?return=${encodeURIComponent(location.pathname)}`;
};

/** A form for organisations opened by a person, or the other way round (R6.6): why, and the way in. */
const WrongApplicant = ({ form, session }: { form: FormInUse; session: SignedIn }) => {
  const t = texts<Key>();
  const wanted = session.kind === 'person' ? 'organisation' : 'person';
  const key = wanted === 'organisation' ? 'forOrganisation' : 'forPerson';
  return (
    <div class="stack">
      <h1>{form.title[pageLanguage()]}</h1>
      <Notice kind="info" title={t(key)}>
        <p>{t(`${key}.text`)}</p>
      </Notice>
      <a class="hds-button hds-button--primary" href={wayTo(wanted)}>
        {t(`${key}.signIn`)}
      </a>
    </div>
  );
};

/** The mandate holds, but does not cover this form: what would, and the ways on. */
const WrongRole = ({ form, session }: { form: FormInUse; session: SignedIn }) => {
  const t = texts<Key>();
  const roles = form.settings.roles ?? [];
  return (
    <div class="stack">
      <h1>{form.title[pageLanguage()]}</h1>
      <Notice kind="alert" title={t('wrongRole')}>
        <p>{t('wrongRole.text', { name: session.organisation?.name ?? '' })}</p>
        <RoleList roles={roles} />
        <p>{t('wrongRole.ask')}</p>
      </Notice>
      <a class="hds-button hds-button--primary" href={wayTo('person')}>
        {t('wrongRole.change')}
      </a>
    </div>
  );
};

/** Why this one cannot fill the form in, and who could. */
export const NotForThisOne = (properties: { form: FormInUse; session: SignedIn }) =>
  properties.form.settings.applicants.includes(properties.session.kind) ? (
    <WrongRole {...properties} />
  ) : (
    <WrongApplicant {...properties} />
  );
