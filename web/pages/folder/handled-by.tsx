import type { CaseAnswer } from '../../../lambdas/http/wire/cases.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import type fi from './fi.json';

/** Who of an organisation's people has acted in the case, the latest first; nobody's name in one's own folder. */
export const HandledBy = ({ shown: { events } }: { shown: CaseAnswer }) => {
  const t = texts<keyof typeof fi>();
  const names = [...new Set(events.toReversed().flatMap(({ byName }) => byName ?? []))];
  if (names.length === 0) return null;
  const list = new Intl.ListFormat(pageLanguage(), { type: 'conjunction' }).format(names);
  return <p>{t('handledBy', { names: list })}</p>;
};
