import type { Status } from '../../../lambdas/domain/status.ts';
import { texts } from '../../client/texts.ts';
import type fi from './fi.json';

/** The status in words; the coloured dot beside it says nothing that the word does not. */
export const CaseStatus = ({ status }: { status: Status }) => {
  const t = texts<`status.${Status}`>();
  return <span class={`status status--${status}`}>{t(`status.${status}`)}</span>;
};

/** What the status means for the one who waits. */
export const StatusMeaning = ({ status }: { status: Status }) => {
  const t = texts<keyof typeof fi>();
  return <>{t(`status.${status}.meaning`)}</>;
};
