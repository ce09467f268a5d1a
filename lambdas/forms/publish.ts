import type { EpochMs } from '../domain/case.ts';
import { versionOf } from '../domain/forms/compile.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import type { Forms } from '../storage/forms.ts';
import type { LiveDrafts } from '../storage/live-drafts.ts';
import { type Losses, lossesOf, withoutLost } from './losses.ts';

export interface PublishRequest {
  readonly definition: CompiledForm;
  /** What live drafts would lose is given up, knowingly. */
  readonly dropFields?: boolean;
}
export interface Published {
  readonly id: string;
  readonly version: string;
  /** Drafts that were alive then, and what was given up of them. */
  readonly drafts: number;
  readonly dropped: Losses['versions'];
}
/** Not published: a migration must say what becomes of these answers. */
export interface NotPublished {
  readonly losses: Losses;
}
export type PublishAnswer = Published | NotPublished;

interface Dependencies {
  readonly forms: Pick<Forms, 'get' | 'publish'>;
  readonly drafts: LiveDrafts;
  readonly now: () => EpochMs;
}

/**
 * Publishes a compiled form, unless live drafts would lose answers by it. Its version is reckoned again: a definition
 * that was changed by hand is not published.
 */
export const publishForm = async (
  { definition, dropFields = false }: PublishRequest,
  { forms, drafts, now }: Dependencies,
): Promise<PublishAnswer> => {
  if (versionOf(definition) !== definition.version)
    throw new Error('the definition is not what its version says');
  const losses = await lossesOf(definition, { forms, drafts }, now());
  const isLossy = losses.versions.length > 0;
  if (isLossy && !dropFields) return { losses };
  const form = isLossy ? withoutLost(definition, losses) : definition;
  await forms.publish(form);
  return { id: form.id, version: form.version, drafts: losses.drafts, dropped: losses.versions };
};
