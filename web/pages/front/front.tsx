import { getBulletins, getCases, getProfile, getServices } from '../../client/api.ts';
import { nameFrom } from '../../client/service-names.ts';
import type { SignedIn } from '../../client/session.ts';
import { texts } from '../../client/texts.ts';
import { useLoad } from '../../client/use-load.ts';
import { Bulletins } from '../../components/bulletins/bulletins.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { Loading } from '../../components/notice/load-failure.tsx';
import { getUnread, Unread } from '../../components/unread/unread.tsx';
import { pageUrl } from '../../urls.ts';
import { Aside } from './aside.tsx';
import { Drafts } from './drafts.tsx';
import { Events } from './events.tsx';
import type fi from './fi.json';
import { Tasks } from './tasks.tsx';
import { ToConfirm } from './to-confirm.tsx';

const Welcome = ({ session }: { session: SignedIn }) => {
  const t = texts<keyof typeof fi>();
  return (
    <div class="page-header">
      <h1>
        {t('welcome')} <a href={pageUrl(pageLanguage(), 'details')}>{session.name}</a>
      </h1>
      {session.organisation && <p class="lead">{t('actingFor', { ...session.organisation })}</p>}
    </div>
  );
};

/** The signed-in front page (R5): what is new in one's matters, and ways on. */
export const Front = ({ session }: { session: SignedIn }) => {
  const language = pageLanguage();
  const loaded = useLoad(getServices);
  // Awaited with the rest, so that nothing moves when they come; without them the page is as good as before.
  const bulletins = useLoad(getBulletins);
  const waiting = useLoad(() => getCases({ sort: 'date', order: 'desc', waiting: '1' }));
  const unread = useLoad(getUnread);
  const profile = useLoad(getProfile);
  const services = loaded.state === 'ready' ? loaded.value.items : [];
  const nameOf = nameFrom(services, language);
  return (
    <>
      <Welcome session={session} />
      <div class="columns">
        <div class="stack stack--l">
          {[loaded, bulletins, waiting, unread, profile].some(({ state }) => state === 'loading') ? (
            <Loading />
          ) : (
            <>
              {bulletins.state === 'ready' && <Bulletins items={bulletins.value.items} />}
              <Tasks waiting={waiting} nameOf={nameOf} />
              <Unread cases={unread} />
              {profile.state === 'ready' && <ToConfirm profile={profile.value} />}
              <Events nameOf={nameOf} />
              <Drafts nameOf={nameOf} />
            </>
          )}
        </div>
        <Aside kind={session.kind} />
      </div>
    </>
  );
};
