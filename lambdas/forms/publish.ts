import { versionOf } from '../domain/forms/compile.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { Forms } from '../storage/forms.ts';

export interface PublishRequest {
  readonly definition: CompiledForm;
}
export interface PublishAnswer {
  readonly id: string;
  readonly version: string;
}

/** Publishes a compiled form. Its version is reckoned again: a definition that was changed by hand is not published. */
export const publishForm = async (
  { definition }: PublishRequest,
  { forms }: { readonly forms: Pick<Forms, 'publish'> },
): Promise<PublishAnswer> => {
  if (versionOf(definition) !== definition.version)
    throw new Error('the definition is not what its version says');
  await forms.publish(definition);
  return { id: definition.id, version: definition.version };
};
