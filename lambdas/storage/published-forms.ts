import type { CompiledForm } from '../domain/forms/types.ts';
import { refuse } from '../domain/refusal.ts';
import type { Forms } from './forms.ts';

type Fetch = typeof globalThis.fetch;

/** Milliseconds. */
const patience = 3_000;

/** A version kept in memory costs some 100 kB. */
const rememberedVersions = 30;

/**
 * A form as the portal's own public address gives it, where a version lies in the nearest cache for ever. The S3
 * client would do it too, but a function with it takes half as long again to start. Refuses `not-found` where there
 * is no such form, `unavailable` where nobody answers.
 */
export const askForForm = async (
  portalUrl: string,
  id: string,
  version?: string,
  fetch: Fetch = globalThis.fetch,
) => {
  const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
  const address = new URL(`/api/forms/${encodeURIComponent(id)}${query}`, portalUrl);
  const answer = await fetch(address, { signal: AbortSignal.timeout(patience) }).catch(() => undefined);
  if (answer?.status === 404) return refuse({ kind: 'not-found' });
  if (!answer?.ok) return refuse({ kind: 'unavailable' });
  return (await answer.json()) as unknown;
};

/** The published forms for those who only read them; a version that is named is asked for once. */
export const publishedForms = (portalUrl: string, fetch?: Fetch): Pick<Forms, 'get'> => {
  const known = new Map<string, CompiledForm>();
  const ask = async (id: string, version?: string) =>
    (await askForForm(portalUrl, id, version, fetch)) as CompiledForm;
  return {
    get: async (id, version) => {
      if (version === undefined) return ask(id);
      const key = `${id} ${version}`;
      const form = known.get(key) ?? (await ask(id, version));
      if (known.size >= rememberedVersions) known.clear();
      known.set(key, form);
      return form;
    },
  };
};
