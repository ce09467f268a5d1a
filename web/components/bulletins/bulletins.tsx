import type { BulletinAnswer } from '../../../lambdas/http/wire/services.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../frame/page-texts.ts';
import { PlainText } from '../plain-text/plain-text.tsx';
import type { BulletinsKey } from './bulletins-texts.ts';

/** What departments announce (R5.3), on a signed-in page; nothing while there is nothing to announce. */
export const Bulletins = ({ items }: { items: readonly BulletinAnswer[] }) => {
  const t = texts<BulletinsKey>();
  if (items.length === 0) return null;
  return (
    <section class="bulletins" aria-labelledby="bulletins-title">
      <h2 id="bulletins-title">{t('bulletins')}</h2>
      <ul>
        {items.map(({ text }) => (
          <li>
            <PlainText text={text[pageLanguage()]} />
          </li>
        ))}
      </ul>
    </section>
  );
};
