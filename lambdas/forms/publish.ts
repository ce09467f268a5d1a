import type { EpochMs } from '../domain/case.ts';
import { versionOf } from '../domain/forms/compile.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { Refusal } from '../domain/refusal.ts';
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
  /** Never stored from now on, while these many drafts are: no migration helps, they must be sent or go first. */
  readonly storedDrafts?: number;
}
/** Not published: nobody could send it, for the consent it demands first (R6.8) cannot be given. */
export interface WithoutConsent {
  /** Id of the form that it names. */
  readonly consentForm: string;
  readonly why: 'missing' | 'no-consent' | 'wrong-applicants';
}
export type PublishAnswer = Published | NotPublished | WithoutConsent;

const found = async (id: string, forms: Pick<Forms, 'get'>): Promise<CompiledForm | undefined> => {
  try {
    return await forms.get(id);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

/** The form it names must be published, give consent, and be open to whoever may send this one. */
const withoutConsent = async (
  { id, settings: { requiresConsent, applicants } }: CompiledForm,
  forms: Pick<Forms, 'get'>,
): Promise<WithoutConsent | undefined> => {
  if (requiresConsent === undefined) return undefined;
  const refused = (why: WithoutConsent['why']) => ({ consentForm: requiresConsent, why });
  const consent = requiresConsent === id ? undefined : await found(requiresConsent, forms);
  if (!consent) return refused('missing');
  if (!consent.settings.consent) return refused('no-consent');
  const isOpenToAll = applicants.every(applicant => consent.settings.applicants.includes(applicant));
  return isOpenToAll ? undefined : refused('wrong-applicants');
};

/** A form comes to be never stored only when nobody has a draft of it: the files of drafts would have nowhere to go. */
const isStoredNow = async (id: string, forms: Pick<Forms, 'get'>): Promise<boolean> =>
  (await found(id, forms))?.settings.stored ?? false;

interface Dependencies {
  readonly forms: Pick<Forms, 'get' | 'publish'>;
  readonly drafts: LiveDrafts;
  readonly now: () => EpochMs;
}

/**
 * Publishes a compiled form, unless live drafts would lose answers by it, or be kept though they must not. Its version is reckoned again: a definition
 * that was changed by hand is not published.
 */
export const publishForm = async (
  { definition, dropFields = false }: PublishRequest,
  { forms, drafts, now }: Dependencies,
): Promise<PublishAnswer> => {
  if (versionOf(definition) !== definition.version)
    throw new Error('the definition is not what its version says');
  const refused = await withoutConsent(definition, forms);
  if (refused) return refused;
  const losses = await lossesOf(definition, { forms, drafts }, now());
  if (!definition.settings.stored && losses.drafts > 0 && (await isStoredNow(definition.id, forms)))
    return { losses, storedDrafts: losses.drafts };
  const isLossy = losses.versions.length > 0;
  if (isLossy && !dropFields) return { losses };
  const form = isLossy ? withoutLost(definition, losses) : definition;
  await forms.publish(form);
  return { id: form.id, version: form.version, drafts: losses.drafts, dropped: losses.versions };
};
