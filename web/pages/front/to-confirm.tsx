import type { ContactField } from '../../../lambdas/domain/contact.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Notice } from '../../components/notice/notice.tsx';
import { pageUrl } from '../../urls.ts';
import type fi from './fi.json';

/** Where notifications go: by the channel that was chosen, by the other where that one has no address. */
const toldBy = (profile: ProfileAnswer): ContactField | undefined => {
  const order = profile.channel === 'sms' ? (['phone', 'email'] as const) : (['email', 'phone'] as const);
  return order.find(field => profile[field] !== undefined);
};

const reasonOf = (profile: ProfileAnswer, field: ContactField) => {
  const { wanted, unconfirmed, leaving } = profile;
  if (wanted?.[field] !== undefined) return 'confirm.wanted';
  const isDoubtful = unconfirmed?.includes(field) && field !== leaving && field === toldBy(profile);
  return isDoubtful ? 'confirm.inUse' : undefined;
};

/** That notifications may not arrive, or do not go yet where they should, until a code has come back (R4.3). */
export const ToConfirm = ({ profile }: { profile: ProfileAnswer }) => {
  const t = texts<keyof typeof fi>();
  const lines = (['email', 'phone'] as const).map(field => {
    const reason = reasonOf(profile, field);
    if (!reason) return undefined;
    return (
      <p key={field}>
        {t(reason)} <a href={pageUrl(pageLanguage(), 'details')}>{t(`confirm.${field}`)}</a>
      </p>
    );
  });
  return lines.some(Boolean) ? <Notice kind="alert">{lines}</Notice> : null;
};
