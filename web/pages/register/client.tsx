import { toReturnPath } from '../../../lambdas/domain/return-path.ts';
import { openCarried } from '../../client/carry.ts';
import { startSignedIn } from '../../client/start.tsx';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';
import { Register } from './register.tsx';

/** Where the person was going when registration came between (R3.2), as far as that is a page of ours. */
const onward = () => {
  const wanted = new URLSearchParams(location.search).get('return') ?? undefined;
  location.replace(toReturnPath(wanted) ?? pageUrl(pageLanguage(), 'front'));
};

void startSignedIn(
  session => {
    // Registered in another tab, or the page was opened by its address.
    if (!session.registered) return <Register session={session} onRegistered={onward} />;
    onward();
    return null;
  },
  { unregistered: true, carried: openCarried },
);
