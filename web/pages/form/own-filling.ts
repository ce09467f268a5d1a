/** What *Käytä omia tietojani* does. */
import { isEmpty, valueAt } from '../../../lambdas/domain/forms/answers.ts';
import { detailOf, type ProfileDetail } from '../../../lambdas/domain/forms/own-details.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { ProfileAnswer } from '../../../lambdas/http/wire/profile.ts';
import { call } from '../../client/api.ts';
import { texts } from '../../client/texts.ts';
import { nameOf } from '../../components/form/form-view.ts';
import type fi from './fi.json';
import { type Asking, ownTexts } from './own-details.tsx';

/** Whose folder it is decides what `name` means: an organisation's profile knows no person's. */
const detailIn = (profile: ProfileAnswer, detail: ProfileDetail): string | undefined => {
  const isPerson = profile.kind === 'person';
  if (detail === 'name') return isPerson ? profile.name : undefined;
  if (detail === 'organization') return isPerson ? undefined : profile.name;
  return profile[detail];
};

/** Puts what the profile holds into the fields that are empty, and says in words what that did. */
export const fillIn = async (asking: () => Asking): Promise<string> => {
  const profile = await call<ProfileAnswer>('profile');
  const { page, view } = asking();
  const t = texts<keyof typeof fi>();
  const [filled, missing]: [Field[], Field[]] = [[], []];
  for (const field of ownTexts(page)) {
    if (!isEmpty(valueAt(view.answers, field.pointer))) continue;
    const detail = detailOf(field);
    const value = detail && detailIn(profile, detail);
    if (value === undefined) missing.push(field);
    else {
      view.change(field.pointer, view.spell({ ...field, value }));
      filled.push(field);
    }
  }
  const names = (fields: readonly Field[]) => fields.map(field => nameOf(field, view)).join(', ');
  const said = [
    filled.length > 0 && t('own.filled', { names: names(filled) }),
    missing.length > 0 && t('own.missing', { names: names(missing) }),
  ];
  return said.filter(Boolean).join(' ') || t('own.full');
};
