import { demandRole } from '../domain/demand-role.ts';
import { draftId, draftRequest } from '../domain/draft.ts';
import { type Reason, Refusal, refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, created, noContent, ok } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import { etag, ifMatch, isCreation } from '../http/preconditions.ts';
import type { CitizenRequest } from '../http/request.ts';
import { routes } from '../http/routes.ts';
import type { DraftAnswer, DraftKeyAnswer, DraftSummary } from '../http/wire/drafts.ts';
import type { Page } from '../http/wire/general.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { DraftKeys } from '../storage/draft-keys.ts';
import type { DraftName } from '../storage/draft-rows.ts';
import type { Drafts } from '../storage/drafts.ts';
import type { AskForm } from './form-facts.ts';

export interface DraftsDependencies {
  readonly drafts: Drafts;
  readonly keys: DraftKeys;
  readonly attachments: Pick<Attachments, 'list' | 'clear'>;
  readonly facts: AskForm;
}

/** The draft a path names. What cannot be an id is unknown like any other. */
export const draftOf = ({ parameters, session }: CitizenRequest): DraftName => {
  const id = draftId.safeParse(parameters.id);
  return { owner: session.owner, id: id.success ? id.data : refuse({ kind: 'not-found' }) };
};

const tagged = (draft: DraftSummary) => ({ headers: { etag: etag(draft.revision) } });

const list = async ({ session, now }: CitizenRequest, { drafts }: DraftsDependencies): Promise<Answer> => {
  const items: readonly DraftSummary[] = await drafts.list(session.owner, now);
  return ok({ items } satisfies Page<DraftSummary>);
};

/** Asked for organisations only, of the form in use: what was begun under another role is kept, and not shown. */
const demandRoleFor = async (session: Session, form: string, facts: AskForm): Promise<void> => {
  if (session.kind === 'organisation') demandRole(session, (await facts(form)).roles);
};

const get = async (
  request: CitizenRequest,
  { drafts, attachments, facts }: DraftsDependencies,
): Promise<Answer> => {
  const name = draftOf(request);
  const [draft, files] = await Promise.all([
    drafts.get(name, request.now),
    attachments.list(name, request.now),
  ]);
  if (!draft) {
    const sent = await drafts.sent(name, request.now);
    return refuse(sent ? { kind: 'draft-sent', sent } : { kind: 'not-found' });
  }
  await demandRoleFor(request.session, draft.form, facts);
  return ok({ ...draft, attachments: files } satisfies DraftAnswer, tagged(draft));
};

const key = async ({ session }: CitizenRequest, { keys }: DraftsDependencies): Promise<Answer> =>
  ok({ key: await keys.of(session.owner) } satisfies DraftKeyAnswer);

const neverStored: Reason = {
  kind: 'invalid-request',
  errors: [{ pointer: '/form', code: 'never-stored' }],
};

/**
 * Whether a form is kept is judged by the one in use, as when it is sent: at this moment where a draft is begun. A saving
 * is not lost because nobody can say: the draft was let in, and a form with drafts does not come to be never stored.
 */
const demandStored = async (form: string, facts: AskForm, isKnown: boolean): Promise<void> => {
  const inUse = await facts(form, undefined, !isKnown).catch(error => {
    if (isKnown) return undefined;
    throw error;
  });
  if (inUse && !inUse.stored) refuse(neverStored);
};

/** `If-None-Match: *` begins a draft, `If-Match` saves over what was read: two windows cannot overwrite each other. */
const put = async (request: CitizenRequest, { drafts, facts }: DraftsDependencies): Promise<Answer> => {
  const name = draftOf(request);
  const revision = ifMatch(request);
  if (revision === undefined && !isCreation(request)) refuse({ kind: 'precondition-required' });
  const draft = parse(draftRequest, request.body);
  await demandStored(draft.form, facts, revision !== undefined);
  await demandRoleFor(request.session, draft.form, facts);
  if (revision !== undefined) {
    const saved = await drafts.save(name, draft, revision, request.now);
    return ok(saved satisfies DraftSummary, tagged(saved));
  }
  const { service, stored } = await facts(draft.form, draft.formVersion);
  if (!stored) refuse(neverStored);
  const begun = await drafts.create(name, { ...draft, service }, request.now);
  return created(begun satisfies DraftSummary, tagged(begun));
};

/** A colleague's work is not thrown away by who may not do it; of a form that is no longer there nothing is asked. */
const demandRoleToRemove = async (
  name: DraftName,
  { session, now }: CitizenRequest,
  { drafts, facts }: DraftsDependencies,
): Promise<void> => {
  const draft = session.kind === 'organisation' ? await drafts.get(name, now) : undefined;
  if (!draft) return;
  await demandRoleFor(session, draft.form, form =>
    facts(form).catch(error => {
      if (error instanceof Refusal && error.reason.kind === 'not-found')
        return { service: form, stored: true };
      throw error;
    }),
  );
};

const remove = async (request: CitizenRequest, dependencies: DraftsDependencies): Promise<Answer> => {
  const name = draftOf(request);
  await demandRoleToRemove(name, request, dependencies);
  await dependencies.drafts.remove(name, ifMatch(request), request.now);
  // A draft's files go with it, within minutes; what cannot be given up now is found when its draft is looked for.
  await dependencies.attachments.clear(name).catch(() => undefined);
  return noContent();
};

/** Drafts of one's own (R6.3, R7.7). */
export const serveDrafts = (dependencies: DraftsDependencies) =>
  routes<CitizenRequest>({
    'GET /api/drafts': request => list(request, dependencies),
    'GET /api/drafts/key': request => key(request, dependencies),
    'GET /api/drafts/{id}': request => get(request, dependencies),
    'PUT /api/drafts/{id}': request => put(request, dependencies),
    'DELETE /api/drafts/{id}': request => remove(request, dependencies),
  });
