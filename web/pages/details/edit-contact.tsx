import { useEffect, useState } from 'preact/hooks';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { ApiFailure, getProfile, putProfile } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import {
  type ContactErrors,
  contactErrors,
  contactOf,
  contactRequest,
  isSaved,
  refusedFields,
} from '../../components/contact-fields/contact.ts';
import { ContactFields, contactSummary } from '../../components/contact-fields/contact-fields.tsx';
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { ContactFacts } from './contact-facts.tsx';
import type fi from './fi.json';

interface Properties {
  readonly profile: ProfileAnswer;
  readonly onSaved: (profile: ProfileAnswer) => void;
  readonly onCancel: () => void;
}

type State = 'open' | 'sending' | 'failed';

const isConflict = (failure: unknown): boolean =>
  failure instanceof ApiFailure && (failure.status === 412 || failure.status === 409);

/** *Tallenna* saves, *Peruuta* drops. What somebody else saved meanwhile is never overwritten unseen. */
export const EditContact = ({ profile, onSaved, onCancel }: Properties) => {
  const t = texts<keyof typeof fi>();
  /** What is saved at the server, as far as is known. */
  const [newest, setNewest] = useState(profile);
  const [contact, setContact] = useState(() => contactOf(profile, pageLanguage()));
  const [errors, setErrors] = useState<ContactErrors>({});
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<State>('open');
  useEffect(() => document.getElementById('email')?.focus(), []);

  const show = (found: ContactErrors) => {
    setErrors(found);
    setAttempt(count => count + 1);
  };

  /** Somebody saved meanwhile: both are shown, what was typed stays, and saving again is a decision. */
  const meetConflict = async () => {
    const now = await getProfile();
    if (isSaved(contact, now)) return onSaved(now);
    setNewest(now);
    setState('open');
  };

  const save = async () => {
    setState('sending');
    try {
      const answer = await putProfile({ ...contactRequest(contact), revision: newest.revision });
      onSaved(answer);
    } catch (failure) {
      const refused = failure instanceof ApiFailure ? refusedFields(failure.errors) : {};
      if (Object.keys(refused).length > 0) {
        setState('open');
        show(refused);
      } else if (isConflict(failure)) await meetConflict().catch(() => setState('failed'));
      else setState('failed');
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const found = contactErrors(contact);
    show(found);
    if (Object.keys(found).length === 0 && state !== 'sending') void save();
  };

  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary title={t('errors')} errors={contactSummary(errors)} attempt={attempt} />
      <div role="alert">
        {state === 'failed' && <Notice kind="error" title={t('save.failed')} />}
        {newest !== profile && (
          <Notice kind="alert" title={t('save.conflict')}>
            <ContactFacts profile={newest} />
          </Notice>
        )}
      </div>
      <ContactFields contact={contact} errors={errors} onChange={setContact} />
      <div class="actions">
        <button type="submit" class="hds-button hds-button--primary" aria-disabled={state === 'sending'}>
          {t('save')}
        </button>
        <button type="button" class="hds-button hds-button--secondary" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
};
