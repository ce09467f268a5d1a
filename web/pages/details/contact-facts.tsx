import type { ContactField } from '../../../lambdas/domain/contact.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { texts } from '../../client/texts.ts';
import { channelText, languageName } from '../../components/contact-fields/contact-fields.tsx';
import { Fact } from './fact.tsx';
import type fi from './fi.json';

type Key = keyof typeof fi;

const stateOf = (profile: ProfileAnswer, field: ContactField): Key => {
  if (profile.leaving === field) return 'address.leaving';
  return profile.unconfirmed?.includes(field) ? 'address.unconfirmed' : 'address.confirmed';
};

/** An address in use with its standing, and the one that is to come in its place. */
const AddressFacts = ({ profile, field }: { profile: ProfileAnswer; field: ContactField }) => {
  const t = texts<Key>();
  const [used, wanted] = [profile[field], profile.wanted?.[field]];
  return (
    <>
      {(used !== undefined || wanted === undefined) && (
        <Fact
          name={t(field)}
          value={used ?? t('notGiven')}
          note={used === undefined ? undefined : t(stateOf(profile, field))}
        />
      )}
      {wanted !== undefined && <Fact name={t(`${field}.new`)} value={wanted} note={t('address.wanted')} />}
    </>
  );
};

export const ContactFacts = ({ profile }: { profile: ProfileAnswer }) => {
  const t = texts<Key>();
  return (
    <dl class="facts facts--rows">
      <AddressFacts profile={profile} field="email" />
      <AddressFacts profile={profile} field="phone" />
      {profile.channel && <Fact name={t('channel')} value={channelText({ channel: profile.channel })} />}
      {profile.language && (
        <Fact name={t('language')} value={languageName(profile.language)} lang={profile.language} />
      )}
    </dl>
  );
};
