import { clock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';
import type { SaveState } from './draft-keeper.ts';
import type fi from './fi.json';

/** How the draft is doing: seen beside the buttons, and said when it was saved or could not be. */
export const SaveLine = ({ state }: { state: SaveState | undefined }) => {
  const t = texts<keyof typeof fi>();
  const time = state?.kind === 'saved' ? clock(state.at, pageLanguage()) : '';
  // A choice between two versions is asked for above the questions.
  const text = state && state.kind !== 'conflict' ? t(`save.${state.kind}`, { time }) : '';
  return (
    <div class="save-state">
      <p role="status">{text}</p>
      {state?.kind === 'signed-out' && (
        <p>
          <a href={pageUrl(pageLanguage(), 'signIn')} target="_blank" rel="noopener">
            {t('save.signIn')}
          </a>
        </p>
      )}
    </div>
  );
};
