import type { CaseSummary } from '../../../lambdas/http/wire/cases.ts';
import type { Page } from '../../../lambdas/http/wire/general.ts';
import { getCases } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import type { Loaded } from '../../client/use-load.ts';
import { pageUrl } from '../../urls.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { Notice } from '../notice/notice.tsx';
import type { UnreadKey } from './unread-texts.ts';

/** However much else is new. */
export const getUnread = () => getCases({ sort: 'event', order: 'desc', new: '1', unread: '1' });

/** How many of the officials' messages wait to be read, and the way to them; nothing while there are none. */
export const Unread = ({ cases }: { cases: Loaded<Page<CaseSummary>> }) => {
  const t = texts<UnreadKey>();
  const items = cases.state === 'ready' ? cases.value.items.filter(one => one.unreadMessages > 0) : [];
  const count = items.reduce((sum, { unreadMessages }) => sum + unreadMessages, 0);
  const [first] = items;
  if (!first) return null;
  const folder = pageUrl(pageLanguage(), 'folder');
  return (
    <Notice kind="info">
      <p>
        {t('unread', { count })}{' '}
        <a
          href={items.length === 1 ? pageUrl(pageLanguage(), 'folder', first.caseNumber) : `${folder}?new=1`}
        >
          {t('unread.read', { count })}
        </a>
      </p>
    </Notice>
  );
};
