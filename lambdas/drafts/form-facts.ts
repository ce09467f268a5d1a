import * as z from 'zod/mini';
import { askForForm } from '../storage/published-forms.ts';

/** What a draft must know of its form. */
export interface FormFacts {
  readonly service: string;
  /** False: never stored, not even as a draft (R6.7). */
  readonly stored: boolean;
}

/** Refuses `not-found` where there is no such form, `unavailable` where nobody answers. */
export type AskForm = (form: string, version: string) => Promise<FormFacts>;

const published = z.object({ service: z.string(), settings: z.object({ stored: z.boolean() }) });

/** Asks once a version, which never changes. */
export const formFacts = (portalUrl: string, fetch = globalThis.fetch): AskForm => {
  const known = new Map<string, FormFacts>();
  return async (form, version) => {
    const key = `${form} ${version}`;
    const remembered = known.get(key);
    if (remembered) return remembered;
    const { service, settings } = published.parse(await askForForm(portalUrl, form, version, fetch));
    const facts = { service, stored: settings.stored };
    known.set(key, facts);
    return facts;
  };
};
