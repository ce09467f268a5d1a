import type { ProfileAnswer } from '../../../lambdas/http/wire.ts';
import { texts } from '../../client/texts.ts';
import { channelText, languageName } from '../../components/contact-fields/contact-fields.tsx';
import { Fact } from './fact.tsx';
import type fi from './fi.json';

export const ContactFacts = ({ profile }: { profile: ProfileAnswer }) => {
  const t = texts<keyof typeof fi>();
  return (
    <dl class="facts facts--rows">
      <Fact name={t('email')} value={profile.email ?? t('notGiven')} />
      <Fact name={t('phone')} value={profile.phone ?? t('notGiven')} />
      {profile.channel && <Fact name={t('channel')} value={channelText({ channel: profile.channel })} />}
      {profile.language && (
        <Fact name={t('language')} value={languageName(profile.language)} lang={profile.language} />
      )}
    </dl>
  );
};
