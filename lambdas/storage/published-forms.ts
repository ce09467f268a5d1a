import { refuse } from '../domain/refusal.ts';

type Fetch = typeof globalThis.fetch;

/** Milliseconds. */
const patience = 3_000;

/**
 * A version of a form, or the one in use, as the portal's own public address gives it, where a version lies in the nearest cache for ever. The S3
 * client would do it too, but a function with it takes half as long again to start. Refuses `not-found` where there
 * is no such form, `unavailable` where nobody answers.
 */
export const askForForm = async (
  portalUrl: string,
  id: string,
  version: string | undefined,
  fetch: Fetch = globalThis.fetch,
) => {
  const address = new URL(
    `/api/forms/${encodeURIComponent(id)}${version === undefined ? '' : `?version=${encodeURIComponent(version)}`}`,
    portalUrl,
  );
  const answer = await fetch(address, { signal: AbortSignal.timeout(patience) }).catch(() => undefined);
  if (answer?.status === 404) return refuse({ kind: 'not-found' });
  if (!answer?.ok) return refuse({ kind: 'unavailable' });
  return (await answer.json()) as unknown;
};
