import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { pageUrl } from '../../urls.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import type { ActingForKey } from './acting-for-texts.ts';

/** For whom one fills this in, on every form, and the way to change it. */
export const ActingFor = ({ session: { name, organisation } }: { session: SignedIn }) => {
  const t = texts<ActingForKey>();
  const back = encodeURIComponent(location.pathname);
  return (
    <p class="acting-for">
      {t(organisation ? 'actingFor.organisation' : 'actingFor.self', { name: organisation?.name ?? name })}{' '}
      <a href={`${pageUrl(pageLanguage(), 'actFor')}?return=${back}`}>{t('actingFor.change')}</a>
    </p>
  );
};
