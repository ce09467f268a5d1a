import { useRef, useState } from 'preact/hooks';
import { ownFields } from '../../../lambdas/domain/forms/own-details.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import { texts } from '../../client/texts.ts';
import type { FormView } from '../../components/form/form-view.ts';
import type fi from './fi.json';

export interface Asking {
  readonly page: Field;
  readonly view: FormView;
}

const isText = ({ control }: Field): boolean => control === 'text' || control === 'textarea';

/** What can be filled in from one's own details on a page. */
export const ownTexts = (page: Field): readonly Field[] => ownFields(page).filter(isText);

/** *Käytä omia tietojani*: nothing flows into a form unless this is pressed (R4.4), and then it is said what did. */
export const OwnDetails = (properties: Asking) => {
  const t = texts<keyof typeof fi>();
  const [said, setSaid] = useState('');
  const latest = useRef(properties);
  latest.current = properties;
  if (ownTexts(properties.page).length === 0) return null;
  const press = () =>
    import('./later.ts')
      .then(part => part.fillIn(() => latest.current))
      .then(setSaid, () => setSaid(t('own.failed')));
  return (
    <div class="stack stack--s">
      <div>
        <button
          type="button"
          class="hds-button hds-button--secondary hds-button--small"
          aria-describedby="own-details-hint"
          onClick={() => void press()}
        >
          {t('own')}
        </button>
      </div>
      <p class="field__hint" id="own-details-hint">
        {t('own.hint')}
      </p>
      <p role="status">{said}</p>
    </div>
  );
};
