import * as z from 'zod/mini';
import { refuse } from '../domain/refusal.ts';

/** What a draft must know of its form. */
export interface FormFacts {
  readonly service: string;
  /** False: never stored, not even as a draft (R6.7). */
  readonly stored: boolean;
}

/** Refuses `not-found` where there is no such form, `unavailable` where nobody answers. */
export type AskForm = (form: string, version: string) => Promise<FormFacts>;

const published = z.object({ service: z.string(), settings: z.object({ stored: z.boolean() }) });

/** Milliseconds. */
const patience = 3_000;

const ask = async (address: URL, fetch: typeof globalThis.fetch): Promise<FormFacts> => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(patience) }).catch(() => undefined);
  if (answer?.status === 404) return refuse({ kind: 'not-found' });
  if (!answer?.ok) return refuse({ kind: 'unavailable' });
  const { service, settings } = published.parse(await answer.json());
  return { service, stored: settings.stored };
};

/**
 * Asks the portal's own public address, where a version of a form lies in the nearest cache for ever. The S3 client
 * would do it too, but it makes this function half as slow again to start, for one question a draft.
 */
export const formFacts = (portalUrl: string, fetch = globalThis.fetch): AskForm => {
  const known = new Map<string, FormFacts>();
  return async (form, version) => {
    const address = new URL(`/api/forms/${encodeURIComponent(form)}?version=${version}`, portalUrl);
    const facts = known.get(address.href) ?? (await ask(address, fetch));
    known.set(address.href, facts);
    return facts;
  };
};
