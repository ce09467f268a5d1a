/** The forms whose pages come with the catalogue. */
import type { EpochMs } from '../domain/case.ts';
import { availabilityOf } from '../domain/forms/open.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { FormInUse } from '../forms/form.ts';
import type { Objects } from '../storage/objects.ts';
import { catalogueKeys } from './keys.ts';

/** The version in use of every published form, as it can be filled in at this moment. */
export const formsInUse = async (content: Objects, now: EpochMs): Promise<FormInUse[]> => {
  const keys = (await content.list(catalogueKeys.forms)).filter(catalogueKeys.isFormInUse);
  const found = await Promise.all(keys.map(key => content.get(key)));
  return found
    .filter(text => text !== undefined)
    .map(text => JSON.parse(text) as CompiledForm)
    .map(form => ({ ...form, availability: availabilityOf(form, now), now }));
};
