import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { DraftAnswer, DraftRequest, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure, call, changing } from '../../client/api.ts';
import { learnTime } from '../../client/server-time.ts';

const pathOf = (id: string): string => `drafts/${encodeURIComponent(id)}`;

/** Without a version: the one in use, which says whether it can be sent. */
export const getFormInUse = async (id: string): Promise<FormInUse> => {
  const form = await call<FormInUse>(`forms/${encodeURIComponent(id)}`);
  learnTime(form.now);
  return form;
};

export const getDraft = (id: string) => call<DraftAnswer>(pathOf(id));

const precondition = (revision: number | undefined): Record<string, string> =>
  revision === undefined ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` };

/** A request that goes on when its page is gone; browsers allow it 64 kB. */
const putThatOutlives = async (
  id: string,
  draft: DraftRequest,
  revision: number | undefined,
): Promise<DraftSummary> => {
  const response = await fetch(`/api/${pathOf(id)}`, {
    method: 'PUT',
    headers: { ...changing(), ...precondition(revision) },
    body: JSON.stringify(draft),
    keepalive: true,
  }).catch(() => undefined);
  if (!response?.ok) throw new ApiFailure('draft', response?.status ?? 0);
  return (await response.json()) as DraftSummary;
};

export const putDraft = (
  id: string,
  draft: DraftRequest,
  revision: number | undefined,
  outlives: boolean,
): Promise<DraftSummary> =>
  outlives
    ? putThatOutlives(id, draft, revision)
    : call<DraftSummary>(pathOf(id), { method: 'PUT', body: draft, headers: precondition(revision) });
