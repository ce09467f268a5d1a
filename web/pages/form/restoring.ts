/** Takes a form up again: from a draft, from what this device has kept, or from both. */
import { amendmentOf } from '../../../lambdas/domain/amendment.ts';
import { withoutFiles } from '../../../lambdas/domain/forms/attached.ts';
import { pagesOf } from '../../../lambdas/domain/forms/tree.ts';
import type { Answers, CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { settle } from '../../../lambdas/domain/forms/visible.ts';
import type { FormInUse } from '../../../lambdas/forms/form.ts';
import type { DraftAnswer, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import { call } from '../../client/api.ts';
import { type DeviceCopy, removeFromDevice } from '../../client/on-device.ts';
import { putInAddress } from './address.ts';
import { getDraft } from './draft-api.ts';
import {
  anew,
  type Brought,
  type Candidate,
  copiesHere,
  type Opened,
  type Opening,
  unlessMissing,
} from './opening.ts';

type Begun = Pick<Opening, 'form' | 'isCarriedOver'> & { readonly answers: Answers };

/**
 * The newest version of the form, with the answers as it takes them; the version they were begun under where the newest
 * would lose one of them.
 */
const begunUnder = async (current: FormInUse, version: string, answers: Answers): Promise<Begun> => {
  if (version === current.version) return { form: current, answers };
  const [form, { carriedOver }] = await Promise.all([
    call<CompiledForm>(`forms/${encodeURIComponent(current.id)}?version=${version}`),
    import('../../../lambdas/domain/forms/migrate.ts'),
  ]);
  const carried = carriedOver(form, current, answers);
  return carried ? { form: current, answers: carried, isCarriedOver: true } : { form, answers };
};

/** In another version the field it was left at may stand on another page. */
const atItsField = (opening: Opening): Opening => {
  const { form, place } = opening;
  if (!place.field || !place.answers) return opening;
  const pages = pagesOf(settle(form, place.answers).tree);
  const page = pages.findIndex(({ pointer }) => `${place.field}/`.startsWith(`${pointer}/`));
  return page < 0 ? opening : { ...opening, place: { ...place, page } };
};

type Answered = Pick<DraftAnswer, 'answers'>;
const isSame = (one: Answered, other: Answered): boolean =>
  JSON.stringify(one.answers) === JSON.stringify(other.answers);

/**
 * What a window that closed or crashed has left, against what the server has. `old`: the server has that, or something
 * that window saved later. `newer`: typed on top of what the server has. `contested`: both went on.
 */
export const weigh = (
  draft: Pick<DraftAnswer, 'revision' | 'saving' | 'answers'>,
  copy: Pick<DeviceCopy, 'revision' | 'saving' | 'answers'>,
): 'old' | 'newer' | 'contested' => {
  if (draft.saving?.by === copy.saving.by) return draft.saving.number >= copy.saving.number ? 'old' : 'newer';
  if (isSame(draft, copy)) return 'old';
  return copy.revision === draft.revision ? 'newer' : 'contested';
};

const fromCopy = async (current: FormInUse, copy: DeviceCopy, draftId = copy.draft): Promise<Opening> => {
  const { answers, ...begun } = await begunUnder(current, copy.formVersion, copy.answers);
  return atItsField({
    ...begun,
    draftId,
    place: { ...copy, answers },
    start: { unsavedSince: copy.at },
    copy,
  });
};

/** As new, under a name of its own; files stay with the draft they were sent for. */
export const asNew = (current: FormInUse, copy: DeviceCopy): Promise<Opening> =>
  fromCopy(current, { ...copy, answers: withoutFiles(copy.answers) }, crypto.randomUUID());

/** Of a window that has just gone over to the other language: it could not save all, and nothing is newer. */
const unsaved = (draft: DraftAnswer, brought: Brought, copies: readonly DeviceCopy[]) => {
  const is = weigh(draft, { ...brought, saving: { by: '', number: 0 } });
  if (is === 'old') return undefined;
  // What that window had kept on the device goes with the next saving; another's stays.
  const copy = copies.find(one => one.draft === draft.id && isSame(one, brought));
  const start = { revision: draft.revision, unsavedSince: Date.now(), isContested: is === 'contested' };
  return { start, copy };
};

export const fromDraft = async (
  current: FormInUse,
  draft: DraftAnswer,
  copies: readonly DeviceCopy[],
  brought: Brought | undefined,
): Promise<Opening> => {
  const { id: draftId, revision } = draft;
  const judged = copies
    .filter(copy => copy.draft === draftId)
    .map(copy => ({ copy, is: weigh(draft, copy) }));
  for (const { copy } of judged.filter(({ is }) => is === 'old')) void removeFromDevice(copy);
  const left = judged.find(({ is }) => is !== 'old');
  const over = brought && unsaved(draft, brought, copies);
  const newest = over ? brought : (left?.copy ?? draft);
  const { answers, ...begun } = await begunUnder(current, newest.formVersion, newest.answers);
  if (over) return { ...begun, ...over, draftId, place: { ...brought, answers } };
  if (!left) {
    // Saved under its new version at once: that is what the server judges files by, and what other devices hear of.
    const start = { revision, ...(begun.isCarriedOver && { unsavedSince: Date.now() }) };
    return { ...begun, draftId, place: { ...draft, ...brought, answers }, start };
  }
  const { copy, is } = left;
  const start = { revision, unsavedSince: copy.at, isContested: is === 'contested' };
  return { ...begun, draftId, place: { ...copy, answers }, start, copy };
};

export const goOn = async (
  current: FormInUse,
  draft: DraftAnswer,
  copies: readonly DeviceCopy[],
  brought?: Brought,
): Promise<Opened> => ({
  kind: 'filling',
  current,
  opening: {
    ...atItsField(await fromDraft(current, draft, copies, brought)),
    amends: amendmentOf(draft.id)?.caseNumber,
  },
});

/**
 * Nothing in the address says which: what there is of this form already, newest first. The change of a sent form is gone
 * on with from its case.
 */
export const offer = async (
  current: FormInUse,
  drafts: readonly DraftSummary[],
  copies: readonly DeviceCopy[],
): Promise<Opened> => {
  const mine = drafts.filter(({ form, id }) => form === current.id && !amendmentOf(id));
  const unknown = copies.filter(
    ({ form, draft, revision }) =>
      form === current.id &&
      revision === undefined &&
      !amendmentOf(draft) &&
      !mine.some(({ id }) => id === draft),
  );
  const [only, ...others] = unknown;
  if (only && others.length + mine.length === 0)
    return { kind: 'filling', current, opening: await fromCopy(current, only) };
  const candidates: Candidate[] = [
    ...unknown.map(copy => ({ kind: 'copy', copy }) as const),
    ...mine.map(draft => ({ kind: 'draft', draft }) as const),
  ];
  return candidates.length > 0
    ? { kind: 'choice', current, candidates }
    : { kind: 'filling', current, opening: anew(current) };
};

/** One of those offered. */
export const goOnWith = async (current: FormInUse, candidate: Candidate): Promise<Opened> => {
  if (candidate.kind === 'copy')
    return { kind: 'filling', current, opening: await fromCopy(current, candidate.copy) };
  const [draft, copies] = await Promise.all([unlessMissing(getDraft(candidate.draft.id)), copiesHere()]);
  if (!draft) return { kind: 'gone', current, draft: candidate.draft.id };
  putInAddress(draft.id);
  return goOn(current, draft, copies);
};
