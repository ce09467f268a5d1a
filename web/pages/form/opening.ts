/** What a form page begins with: the form, a draft of it, what this device has kept, what another language sent along. */
import type { CaseNumber } from '../../../lambdas/domain/case.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { ApiFailure, getDrafts } from '../../client/api.ts';
import { received } from '../../client/carried.ts';
import { isAnythingHere } from '../../client/device-store.ts';
import type { DeviceCopy } from '../../client/on-device.ts';
import { countOpening } from '../../client/public-api.ts';
import { placeOf } from '../../urls.ts';
import { draftInAddress, putInAddress } from './address.ts';
import { getDraft, getFormInUse } from './draft-api.ts';
import type { Start } from './draft-keeper.ts';

/** Where in the form somebody is, and what they have answered. */
export interface Place {
  /** Index of the page; their number where the answers are checked. */
  readonly page: number;
  readonly field?: string | undefined;
  /** Absent: as a new form begins. */
  readonly answers?: Answers | undefined;
}

/** What the page in the other language had on its screen, on the ground of that revision of the draft. */
export interface Brought extends DraftRequest {
  readonly revision?: number | undefined;
}

export interface Opening {
  readonly form: CompiledForm;
  readonly draftId: string;
  readonly place: Place;
  readonly start?: Start;
  /** Begun under an earlier version of the form, and carried over to this one. */
  readonly isCarriedOver?: boolean;
  /** The case that is changed by sending it. */
  readonly amends?: CaseNumber | undefined;
  /** What this device had kept of it: to be taken away once the server has it. */
  readonly copy?: DeviceCopy | undefined;
}

/** A draft that could be gone on with. */
export type Candidate =
  | { readonly kind: 'draft'; readonly draft: DraftSummary }
  | { readonly kind: 'copy'; readonly copy: DeviceCopy };

export type Opened =
  | { readonly kind: 'missing' }
  | { readonly kind: 'filling'; readonly current: FormInUse; readonly opening: Opening }
  /** There are drafts of this form already. */
  | { readonly kind: 'choice'; readonly current: FormInUse; readonly candidates: readonly Candidate[] }
  /** The draft of the address is no more; `copy` is what this device still has of it. */
  | {
      readonly kind: 'gone';
      readonly current: FormInUse;
      readonly draft: string;
      readonly copy?: DeviceCopy | undefined;
    };

export const unlessMissing = async <Value>(found: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await found;
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
};

/** In a script of its own: who begins a first form does not wait for it. */
const later = () => import('./later.ts');

/** A store that cannot be read keeps nobody from the form; a script that does not come is asked for again. */
export const copiesHere = async (): Promise<readonly DeviceCopy[]> => {
  if (!(await isAnythingHere().catch(() => false))) return [];
  const { copiesLeft } = await later();
  return copiesLeft().catch(() => []);
};

export const anew = (form: FormInUse, place?: Place): Opening => {
  if (!place) countOpening(form.service);
  return { form, draftId: crypto.randomUUID(), place: place ?? { page: 0 } };
};

const draftsOf = async (given: string | undefined): Promise<readonly DraftSummary[]> =>
  // An offer, no more: the form opens without it.
  given === undefined ? (await getDrafts().catch(() => ({ items: [] }))).items : [];

export const open = async (): Promise<Opened> => {
  const given = draftInAddress();
  const brought = await received<Brought>();
  const [current, draft, drafts, copies] = await Promise.all([
    unlessMissing(getFormInUse(placeOf(location.pathname)?.rest[0] ?? '')),
    given === undefined ? undefined : unlessMissing(getDraft(given)),
    draftsOf(given),
    copiesHere(),
  ]);
  if (!current) return { kind: 'missing' };
  if (draft && draft.form === current.id) return (await later()).goOn(current, draft, copies, brought);
  putInAddress(undefined);
  if (given !== undefined)
    return { kind: 'gone', current, draft: given, copy: copies.find(one => one.draft === given) };
  if (brought || !current.settings.stored || drafts.length + copies.length === 0)
    return { kind: 'filling', current, opening: anew(current, brought) };
  return (await later()).offer(current, drafts, copies);
};
