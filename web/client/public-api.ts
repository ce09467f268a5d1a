/** The public part of the API, for pages that know nobody: no cookie goes there, and no word of where one came from. */

const anonymous = { credentials: 'omit', referrer: '' } as const satisfies RequestInit;

/** `path` is relative to `/api/`. Rejects when there is no good answer. */
export const getPublic = async <Answer>(path: string): Promise<Answer> => {
  const response = await fetch(`/api/${path}`, { ...anonymous, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return (await response.json()) as Answer;
};

/**
 * Counts that somebody has gone to a service (R5.4): that it was opened, and nothing else. It outlives the page, which
 * the opening leaves, and nobody waits for it.
 */
export const countOpening = (service: string): void => {
  fetch(`/api/services/${encodeURIComponent(service)}/openings`, {
    ...anonymous,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    keepalive: true,
  }).catch(() => undefined);
};
