import { labelOf } from '../../../lambdas/domain/forms/text.ts';
import type { Field } from '../../../lambdas/domain/forms/tree.ts';
import type { Schema } from '../../../lambdas/domain/forms/types.ts';
import type { FormView } from './form-view.ts';

/** What one value of a choice is called: by `ui:enumNames`, by its own key in the texts, or yes and no. */
export const choiceText = (
  { schema, ui }: Field,
  value: unknown,
  { form, language }: Pick<FormView, 'form' | 'language'>,
  { yes, no }: { readonly yes: string; readonly no: string },
): string => {
  const names = ui['ui:enumNames'] ?? schema.enumNames ?? (schema.items as Schema | undefined)?.enumNames;
  const values = schema.named ?? schema.enum ?? (schema.items as Schema | undefined)?.enum ?? [true, false];
  const name = Array.isArray(names) ? names[values.indexOf(value)] : undefined;
  if (name !== undefined) return labelOf(form, language, name);
  if (typeof value === 'boolean') return value ? yes : no;
  return labelOf(form, language, String(value));
};
