import { useEffect, useRef, useState } from 'preact/hooks';
import type { ProfileAnswer } from '../../../lambdas/http/wire.ts';
import { getProfile } from '../../client/api.ts';
import { announce } from '../../client/live.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { MyData } from '../../components/my-data/my-data.tsx';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { EditContact } from './edit-contact.tsx';
import { Fact } from './fact.tsx';
import type fi from './fi.json';

/** From the registers, as they have it: read-only (R4.2). */
const Identity = ({ profile, session }: { profile: ProfileAnswer; session: SignedIn }) => {
  const t = texts<keyof typeof fi>();
  const { organisation } = session;
  return (
    <section class="stack" aria-labelledby="identity">
      <h2 id="identity">{t(organisation ? 'identity.organisation' : 'identity')}</h2>
      <dl class="facts facts--rows">
        <Fact name={t(organisation ? 'organisation.name' : 'name')} value={profile.name} />
        {profile.identityCode && <Fact name={t('identityCode')} value={profile.identityCode} />}
        {profile.businessId && <Fact name={t('businessId')} value={profile.businessId} />}
        {organisation && <Fact name={t('representative')} value={session.name} />}
      </dl>
      <p class="muted">{t(organisation ? 'identity.source.organisation' : 'identity.source')}</p>
    </section>
  );
};

type Mode = 'reading' | 'editing' | 'saved';

/** Contact details: shown, or edited in place and saved or dropped (R4.3). */
const ContactSection = ({ given }: { given: ProfileAnswer }) => {
  const t = texts<keyof typeof fi>();
  const [profile, setProfile] = useState(given);
  const [mode, setMode] = useState<Mode>('reading');
  const edit = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  // Back from editing, focus returns to where it was left.
  useEffect(() => {
    if (wasEditing.current && mode !== 'editing') edit.current?.focus();
    wasEditing.current = mode === 'editing';
  }, [mode]);
  const saved = (next: ProfileAnswer) => {
    setProfile(next);
    setMode('saved');
    announce(t('saved'));
  };
  return (
    <section class="stack" aria-labelledby="contact">
      <h2 id="contact">{t('contact')}</h2>
      <p>{t('contact.use')}</p>
      {mode === 'editing' ? (
        <EditContact profile={profile} onSaved={saved} onCancel={() => setMode('reading')} />
      ) : (
        <>
          {mode === 'saved' && <Notice kind="success" title={t('saved')} />}
          <ContactFacts profile={profile} />
          <button
            type="button"
            ref={edit}
            class="hds-button hds-button--primary"
            onClick={() => setMode('editing')}
          >
            {t('edit')}
          </button>
        </>
      )}
    </section>
  );
};

/** *Omat tiedot* (R4). */
export const Details = ({ session }: { session: SignedIn }) => {
  const t = texts<keyof typeof fi>();
  const profile = useLoad(getProfile);
  if (profile.state === 'loading') return <Loading />;
  if (profile.state === 'failed') return <LoadFailure what={t('failed')} onRetry={profile.reload} />;
  return (
    <div class="details">
      <Identity profile={profile.value} session={session} />
      <ContactSection given={profile.value} />
      <MyData isPerson={session.kind === 'person'} />
    </div>
  );
};
