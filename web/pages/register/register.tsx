import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { ApiFailure, getProfile, putProfile } from '../../client/api.ts';
import { received } from '../../client/carried.ts';
import { carryToOtherLanguage } from '../../client/carry.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import {
  type Contact,
  type ContactErrors,
  contactErrors,
  contactOf,
  contactRequest,
  refusedFields,
} from '../../components/contact-fields/contact.ts';
import { ContactFields, contactSummary } from '../../components/contact-fields/contact-fields.tsx';
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { signOut } from '../../components/frame/session.ts';
import { MyData } from '../../components/my-data/my-data.tsx';
import { LoadFailure } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { consentVersion } from '../../content/consent/version.ts';
import { pageUrl } from '../../urls.ts';
import { Consent, ConsentBox } from './consent.tsx';
import type { RegisterText } from './register-text.ts';

interface Properties {
  readonly session: SignedIn;
  readonly onRegistered: () => void;
}

/** Registration in another tab, meanwhile, is registration too: the answer is then as good as ours. */
const isRegistered = async (): Promise<boolean> => (await getProfile()).registered;

/** One who has registered is here again: the wording of the consent has changed. */
const Header = ({ isRenewal }: { isRenewal: boolean }) => {
  const t = texts<RegisterText>();
  return (
    <div class="page-header">
      <h1>{t(isRenewal ? 'renewal.title' : 'title')}</h1>
      <p class="lead">{t(isRenewal ? 'renewal.lead' : 'lead')}</p>
    </div>
  );
};

type Addresses = Pick<Contact, 'email' | 'phone' | 'channel'>;

interface Beginning {
  readonly profile: ProfileAnswer;
  /** What was typed before the language was changed. Consent is not: it is given to the words one has read. */
  readonly typed: Addresses | undefined;
}

const begin = async (): Promise<Beginning> => {
  const [profile, typed] = await Promise.all([getProfile(), received<Addresses>()]);
  return { profile, typed };
};

/**
 * Consent and contact details at the first sign-in (R4.1), and again when the wording of the consent has changed: who does
 * not agree to it can take their data along, and have it deleted.
 */
export const Register = (properties: Properties) => {
  const t = texts<RegisterText>();
  const loaded = useLoad(begin);
  // The page keeps its heading meanwhile, as it came.
  if (loaded.state !== 'ready')
    return (
      <>
        <Header isRenewal={false} />
        {loaded.state === 'failed' ? (
          <LoadFailure what={t('load.failed')} onRetry={loaded.reload} />
        ) : (
          <div class="spinner" aria-hidden="true" />
        )}
      </>
    );
  return (
    <>
      <Header isRenewal={loaded.value.profile.revision > 0} />
      <RegisterForm {...properties} {...loaded.value} />
      {loaded.value.profile.revision > 0 && properties.session.kind === 'person' && <MyData isPerson />}
    </>
  );
};

/** Nothing is stored before *Tallenna*. */
const RegisterForm = ({ session, onRegistered, profile, typed }: Properties & Beginning) => {
  const t = texts<RegisterText>();
  const language = pageLanguage();
  const [contact, setContact] = useState<Contact>({ ...contactOf(profile, language), ...typed });
  const latest = useRef(contact);
  latest.current = contact;
  useEffect(
    () =>
      carryToOtherLanguage(() => {
        const { email, phone, channel } = latest.current;
        return { email, phone, channel } satisfies Addresses;
      }),
    [],
  );
  const [agreed, setAgreed] = useState(false);
  const [errors, setErrors] = useState<ContactErrors>({});
  const [consentMissing, setConsentMissing] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<'open' | 'sending' | 'failed'>('open');

  const show = (found: ContactErrors, missing: boolean) => {
    setErrors(found);
    setConsentMissing(missing);
    setAttempt(count => count + 1);
  };

  const save = async () => {
    setState('sending');
    try {
      await putProfile({
        ...contactRequest(contact),
        revision: profile.revision,
        consent: { version: consentVersion, language },
      });
      onRegistered();
    } catch (failure) {
      const refused = failure instanceof ApiFailure ? refusedFields(failure.errors) : {};
      if (Object.keys(refused).length > 0) {
        setState('open');
        show(refused, false);
      } else if (await isRegistered().catch(() => false)) onRegistered();
      else setState('failed');
    }
  };

  const submit = (event: Event) => {
    event.preventDefault();
    const found = contactErrors(contact);
    show(found, !agreed);
    if (Object.keys(found).length === 0 && agreed && state !== 'sending') void save();
  };

  return (
    <form class="form" noValidate onSubmit={submit}>
      <ErrorSummary
        title={t('errors')}
        attempt={attempt}
        errors={[
          ...(consentMissing ? [{ id: 'consent', text: t('consent.missing') }] : []),
          ...contactSummary(errors),
        ]}
      />
      <Consent session={session} />
      <ConsentBox
        organisation={session.kind === 'organisation'}
        checked={agreed}
        missing={consentMissing}
        onChange={setAgreed}
      />
      <h2>{t('contact.title')}</h2>
      <p>{t('contact.lead')}</p>
      <ContactFields contact={contact} errors={errors} onChange={setContact} />
      <div role="alert">{state === 'failed' && <Notice kind="error" title={t('failed')} />}</div>
      <div class="actions">
        <button type="submit" class="hds-button hds-button--primary" aria-disabled={state === 'sending'}>
          {t('save')}
        </button>
        <button
          type="button"
          class="hds-button hds-button--secondary"
          onClick={() => void signOut(pageUrl(language, 'signedOut')).catch(() => setState('failed'))}
        >
          {t('decline')}
        </button>
      </div>
      <p class="muted">{t(profile.revision > 0 ? 'renewal.decline.meaning' : 'decline.meaning')}</p>
    </form>
  );
};
