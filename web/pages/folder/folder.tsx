import { nameFrom, useServices } from '../../client/service-names.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Loading } from '../../components/notice/load-failure.tsx';
import { getUnread, Unread } from '../../components/unread/unread.tsx';
import { CaseList } from './case-list.tsx';
import { Drafts } from './drafts.tsx';
import type fi from './fi.json';

/** *Asiointikansio* (R7): what was sent, and at the foot what was not. */
export const Folder = ({ session }: { session: SignedIn }) => {
  const t = texts<keyof typeof fi>();
  const services = useServices();
  const unread = useLoad(getUnread);
  if (!services || unread.state === 'loading') return <Loading />;
  return (
    <div class="folder">
      {session.organisation && <p class="panel">{t('organisation', { name: session.organisation.name })}</p>}
      <Unread cases={unread} />
      <CaseList services={services} />
      <Drafts nameOf={nameFrom(services, pageLanguage())} />
    </div>
  );
};
