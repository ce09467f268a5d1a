import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactField } from '../../../lambdas/domain/contact.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { getProfile, putProfile } from '../../client/api.ts';
import { announce } from '../../client/live.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { withoutWanted } from '../../components/contact-fields/contact.ts';
import { MyData } from '../../components/my-data/my-data.tsx';
import { LoadFailure, Loading } from '../../components/notice/load-failure.tsx';
import { Notice } from '../../components/notice/notice.tsx';
import { ConfirmAddress } from './confirm-address.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { EditContact } from './edit-contact.tsx';
import { Fact } from './fact.tsx';
import type fi from './fi.json';
import { Log } from './log.tsx';

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

type Key = keyof typeof fi;
const fields = ['email', 'phone'] as const satisfies readonly ContactField[];

/** The address that a code should confirm: the new one, or one in use that nobody has confirmed. */
const toConfirm = (profile: ProfileAnswer, field: ContactField): string | undefined => {
  const isOpen = profile.unconfirmed?.includes(field) && profile.leaving !== field;
  return profile.wanted?.[field] ?? (isOpen ? profile[field] : undefined);
};

interface ContactProperties {
  readonly profile: ProfileAnswer;
  readonly onChange: (profile: ProfileAnswer, said: Key) => void;
}

const Confirmations = ({ profile, onChange }: ContactProperties) => (
  <>
    {fields.map(field => {
      const address = toConfirm(profile, field);
      if (address === undefined) return null;
      const drop = async () =>
        onChange(
          await putProfile({ ...withoutWanted(profile, field), revision: profile.revision }),
          'dropped',
        );
      return (
        <ConfirmAddress
          key={`${field} ${address}`}
          field={field}
          address={address}
          isInUse={profile.wanted?.[field] === undefined}
          outcome={profile.codes?.[field]}
          onConfirmed={next => onChange(next, 'confirmed')}
          onDrop={drop}
        />
      );
    })}
  </>
);

/** Contact details: shown, or edited in place and saved or dropped (R4.3). */
const ContactSection = ({ given }: { given: ProfileAnswer }) => {
  const t = texts<Key>();
  const [profile, setProfile] = useState(given);
  const [isEditing, setEditing] = useState(false);
  const [said, setSaid] = useState<Key>();
  const edit = useRef<HTMLButtonElement>(null);
  const shouldReturn = useRef(false);
  // Back from editing or confirming, focus returns here; where a code was sent it goes to the code's field.
  useEffect(() => {
    if (shouldReturn.current && !isEditing && !profile.codes) edit.current?.focus();
    shouldReturn.current = isEditing;
  }, [isEditing, profile]);
  const changed = (next: ProfileAnswer, words: Key) => {
    shouldReturn.current = true;
    setProfile(next);
    setEditing(false);
    setSaid(words);
    announce(t(words));
  };
  /** What became of codes was news once. */
  const startEditing = () => {
    setProfile(({ codes: _, ...kept }) => kept);
    setEditing(true);
  };
  return (
    <section class="stack" aria-labelledby="contact">
      <h2 id="contact">{t('contact')}</h2>
      <p>{t('contact.use')}</p>
      {isEditing ? (
        <EditContact
          profile={profile}
          onSaved={next => changed(next, 'saved')}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          {said && (
            <Notice kind="success" title={t(said)}>
              {said === 'saved' && profile.wanted && <p>{t('saved.wanted')}</p>}
            </Notice>
          )}
          <ContactFacts profile={profile} />
          <button type="button" ref={edit} class="hds-button hds-button--primary" onClick={startEditing}>
            {t('edit')}
          </button>
          <Confirmations profile={profile} onChange={changed} />
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
      <Log />
      <MyData isPerson={session.kind === 'person'} />
    </div>
  );
};
