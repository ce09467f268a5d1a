import { useRef, useState } from 'preact/hooks';
import { isEmpty, valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { detailOf, ownFields, type ProfileDetail } from '../../../lambdas/domain/forms/own-details.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { getProfile } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { type FormView, nameOf } from '../../components/form/form-view.ts';
import type fi from './fi.json';

interface Properties {
  readonly page: Field;
  readonly view: FormView;
}

/** Whose folder it is decides what `name` means: an organisation's profile knows no person's. */
const detailIn = (profile: ProfileAnswer, detail: ProfileDetail): string | undefined => {
  const isPerson = profile.kind === 'person';
  if (detail === 'name') return isPerson ? profile.name : undefined;
  if (detail === 'organization') return isPerson ? undefined : profile.name;
  return profile[detail];
};

const isText = ({ control }: Field): boolean => control === 'text' || control === 'textarea';

interface Filled {
  readonly filled: readonly Field[];
  readonly missing: readonly Field[];
}

/** Puts what the profile holds into the fields that are empty. */
const fillIn = (profile: ProfileAnswer, { page, view }: Properties): Filled => {
  const [filled, missing]: [Field[], Field[]] = [[], []];
  for (const field of ownFields(page).filter(isText)) {
    if (!isEmpty(valueAt(view.answers, field.pointer))) continue;
    const detail = detailOf(field);
    const value = detail && detailIn(profile, detail);
    if (value === undefined) missing.push(field);
    else {
      view.change(field.pointer, view.spell({ ...field, value }));
      filled.push(field);
    }
  }
  return { filled, missing };
};

/** *Käytä omia tietojani*: nothing flows into a form unless this is pressed (R4.4), and then it is said what did. */
export const OwnDetails = (properties: Properties) => {
  const t = texts<keyof typeof fi>();
  const [said, setSaid] = useState('');
  const latest = useRef(properties);
  latest.current = properties;
  const { page, view } = properties;
  if (!ownFields(page).some(isText)) return null;
  const names = (fields: readonly Field[]) => fields.map(field => nameOf(field, view)).join(', ');
  const inWords = ({ filled, missing }: Filled) =>
    [
      filled.length > 0 && t('own.filled', { names: names(filled) }),
      missing.length > 0 && t('own.missing', { names: names(missing) }),
    ]
      .filter(Boolean)
      .join(' ') || t('own.full');
  const press = () =>
    getProfile().then(
      profile => setSaid(inWords(fillIn(profile, latest.current))),
      () => setSaid(t('own.failed')),
    );
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
