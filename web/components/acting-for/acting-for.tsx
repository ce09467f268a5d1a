import { texts } from '../../client/texts.ts';
import { pageUrl } from '../../urls.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import type { ActingForKey } from './acting-for-texts.ts';

/** For which organisation one fills this in, on every form, and the way to change it. */
export const ActingFor = ({ name }: { name: string }) => {
  const t = texts<ActingForKey>();
  const back = encodeURIComponent(location.pathname);
  return (
    <p class="acting-for">
      {t('actingFor.organisation', { name })}{' '}
      <a href={`${pageUrl(pageLanguage(), 'actFor')}?return=${back}`}>{t('actingFor.change')}</a>
    </p>
  );
};
