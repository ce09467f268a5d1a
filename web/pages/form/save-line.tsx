import { clock } from '../../client/dates.ts';
import { texts } from '../../client/texts.ts';
import { pageLanguage } from '../../components/frame/page-texts.ts';
import { pageUrl } from '../../urls.ts';
import type { SaveState } from './draft-keeper.ts';
import type fi from './fi.json';

/** How the draft is doing: seen beside the buttons, and said when it was saved or could not be. */
export const SaveLine = ({ state }: { state: SaveState | undefined }) => {
  const t = texts<keyof typeof fi>();
  const text = () => {
    switch (state?.kind) {
      case 'saving':
        return t('save.saving');
      case 'saved':
        return t('save.saved', { time: clock(state.at, pageLanguage()) });
      case 'unsaved':
        return t('save.unsaved');
      case 'device':
        return t('save.device');
      case 'full':
        return t('save.full');
      case 'failed':
        return t('save.failed');
      case 'signed-out':
        return t('save.signedOut');
      default:
        return '';
    }
  };
  return (
    <div class="save-state">
      <p role="status">{text()}</p>
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
