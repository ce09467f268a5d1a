import * as z from 'zod/mini';
import { askForForm } from '../storage/published-forms.ts';

/** What a draft must know of its form. */
export interface FormFacts {
  readonly service: string;
  /** False: never stored, not even as a draft (R6.7). */
  readonly stored: boolean;
  /** What an organisation's representative needs one of; absent: any mandate will do. */
  readonly roles?: readonly string[] | undefined;
}

/**
 * Of a version, or of the one in use where none is named; `anew`: as it is at this moment. Refuses `not-found` where
 * there is no such form, `unavailable` where nobody answers.
 */
export type AskForm = (form: string, version?: string, anew?: boolean) => Promise<FormFacts>;

/** Milliseconds for which the version in use is taken to be the same: a draft is saved every few seconds. */
const inUseMs = 60_000;

const published = z.object({
  service: z.string(),
  settings: z.object({ stored: z.boolean(), roles: z.optional(z.array(z.string())) }),
});

/** Asks once a version, which never changes; what is in use once a minute, and whenever it is asked for anew. */
export const formFacts = (portalUrl: string, fetch = globalThis.fetch, now = Date.now): AskForm => {
  const known = new Map<string, { readonly facts: FormFacts; readonly until: number }>();
  return async (form, version, anew = false) => {
    const key = `${form} ${version ?? ''}`;
    const remembered = known.get(key);
    if (!anew && remembered && now() < remembered.until) return remembered.facts;
    const { service, settings } = published.parse(await askForForm(portalUrl, form, version, fetch));
    const facts = { service, ...settings };
    const until = version === undefined ? now() + inUseMs : Number.POSITIVE_INFINITY;
    known.set(key, { facts, until });
    return facts;
  };
};
