import { createHash, randomBytes } from 'node:crypto';
import { amendmentOf } from '../domain/amendment.ts';
import { canonicalJson } from '../domain/canonical.ts';
import type { Applicant, CaseAttachment } from '../domain/case.ts';
import { demandRole } from '../domain/demand-role.ts';
import { draftId, submissionRequest } from '../domain/draft.ts';
import { type AttachmentReference, attachmentsOf } from '../domain/forms/attached.ts';
import { fileFieldAt, misfit } from '../domain/forms/file-fields.ts';
import { withoutHelpers } from '../domain/forms/helpers.ts';
import { isOpen } from '../domain/forms/open.ts';
import { inOneSpelling } from '../domain/forms/spelling.ts';
import type { CompiledForm } from '../domain/forms/types.ts';
import { validateAnswers } from '../domain/forms/validate.ts';
import { helpersIn, stripHidden } from '../domain/forms/visible.ts';
import { type FieldError, refuse } from '../domain/refusal.ts';
import type { Session } from '../domain/session.ts';
import { type Answer, created } from '../http/answer.ts';
import { parse } from '../http/body.ts';
import type { CitizenRequest } from '../http/request.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../http/wire/cases.ts';
import type { Attachments } from '../storage/attachments.ts';
import type { Consents } from '../storage/consents.ts';
import type { DraftName } from '../storage/draft-rows.ts';
import type { Forms } from '../storage/forms.ts';
import type { Submissions } from '../storage/submissions.ts';
import type { Uploads } from '../storage/uploads.ts';
import { type AmendDependencies, amendCase } from './amend.ts';

export interface SubmitDependencies {
  readonly submissions: Omit<Submissions, 'ending'>;
  readonly amending: AmendDependencies;
  readonly forms: Pick<Forms, 'get'>;
  readonly attachments: Pick<Attachments, 'list' | 'records'>;
  readonly uploads: Pick<Uploads, 'arrived'>;
  readonly consents: Consents;
}

/** The draft's id is the Idempotency-Key: sending it twice is sending it once. */
const draftOf = ({ headers, session }: CitizenRequest): DraftName => {
  const key = headers['idempotency-key'];
  if (!key) return refuse({ kind: 'idempotency-key-missing' });
  const id = draftId.safeParse(key);
  if (id.success) return { owner: session.owner, id: id.data };
  return refuse({
    kind: 'invalid-request',
    errors: [{ pointer: '/headers/idempotency-key', code: 'format' }],
  });
};

const digestOf = (sent: SubmissionRequest): string =>
  createHash('sha256').update(canonicalJson(sent)).digest('hex');

const newSalt = (): string => randomBytes(16).toString('base64url');

/** As identified; the form cannot say who is asking. */
const applicantOf = ({ kind, identity: { name, identityCode, organisation } }: Session): Applicant => ({
  kind,
  name,
  ...(identityCode !== undefined && { identityCode }),
  ...(organisation && { organisation }),
});

/** The consent form comes first (R6.8), whichever way somebody came to this one. */
export const demandConsent = async (
  { settings: { requiresConsent } }: Pick<CompiledForm, 'settings'>,
  { owner }: Pick<Session, 'owner'>,
  consents: Consents,
): Promise<void> => {
  if (requiresConsent !== undefined && (await consents.given(owner, requiresConsent)) === undefined)
    refuse({ kind: 'consent-form-required', form: requiresConsent });
};

/**
 * The form as it was filled in. Whether it may be sent at all, and kept in the folder, is judged by the one in use
 * too: a version kept open in a browser does not outlive the closing date.
 */
const formFor = async (
  { form, formVersion }: SubmissionRequest,
  { session, now }: CitizenRequest,
  { forms, consents }: SubmitDependencies,
): Promise<{
  readonly form: CompiledForm;
  readonly stored: boolean;
  readonly settings: CompiledForm['settings'];
}> => {
  const current = await forms.get(form);
  if (!isOpen(current, now)) refuse({ kind: 'form-not-open' });
  if (!current.settings.applicants.includes(session.kind)) refuse({ kind: 'wrong-applicant' });
  demandRole(session, current.settings.roles);
  await demandConsent(current, session, consents);
  const filledIn = current.version === formVersion ? current : await forms.get(form, formVersion);
  const stored = filledIn.settings.stored && current.settings.stored;
  return { form: filledIn, stored, settings: current.settings };
};

/** Holds each file against the field that names it: it may have been announced for another, which takes more. */
const misfits = (
  form: CompiledForm,
  wanted: readonly AttachmentReference[],
  files: readonly CaseAttachment[],
): readonly FieldError[] =>
  wanted.flatMap(({ pointer, id }) => {
    const field = fileFieldAt(form, pointer);
    const file = files.find(one => one.id === id);
    const problem = field && file && misfit(field, file);
    return problem ? [{ pointer, code: problem === 'size' ? 'tooLarge' : 'wrongType' }] : [];
  });

/**
 * Every file the answers name must have been announced for this draft and have arrived as announced, or be `known`: the
 * case's already that is being changed.
 */
const arrivedFiles = async (
  draft: DraftName,
  form: CompiledForm,
  wanted: readonly AttachmentReference[],
  { now }: CitizenRequest,
  { attachments, uploads }: SubmitDependencies,
  known: readonly CaseAttachment[] = [],
): Promise<readonly CaseAttachment[]> => {
  const ids = new Set(wanted.map(({ id }) => id));
  if (ids.size === 0) return [];
  const announced = new Map((await attachments.list(draft, now)).map(file => [file.id, file]));
  const find = (id: string) => known.find(file => file.id === id) ?? announced.get(id);
  // In the form's own order.
  const files = [...ids].map(id => find(id) ?? refuse({ kind: 'attachment-missing' }));
  const refused = files.filter(({ state }) => state === 'refused');
  if (refused[0]) {
    const errors = wanted
      .filter(({ id }) => refused.some(file => file.id === id))
      .map(({ pointer }) => ({ pointer, code: 'refused' }));
    refuse({ kind: 'attachment-refused', why: refused[0].why ?? 'unreadable', errors });
  }
  const errors = misfits(form, wanted, files);
  if (errors.length > 0) refuse({ kind: 'invalid-answers', errors });
  const waiting = files.filter(file => file.state === 'uploaded' && !known.includes(file));
  const arrived = await Promise.all(waiting.map(file => uploads.arrived(draft, file)));
  if (arrived.every(Boolean)) return files;
  // What was checked between the two looks has left the place where it was looked for.
  const custody = new Map((await attachments.records(draft)).map(record => [record.id, record]));
  const isMissing = ({ id }: CaseAttachment, index: number): boolean =>
    !arrived[index] && custody.get(id)?.state !== 'checked';
  return waiting.some(isMissing) ? refuse({ kind: 'attachment-missing' }) : files;
};

/** Judges the form as the browser did, by the server's clock, and opens a case of it (R6.4); never two of one draft. */
export const submitCase = async (
  request: CitizenRequest,
  dependencies: SubmitDependencies,
): Promise<Answer> => {
  const { session, now } = request;
  const draft = draftOf(request);
  const sent = parse(submissionRequest, request.body);
  const once = { owner: draft.owner, draft: draft.id, digest: digestOf(sent) };
  const earlier = await dependencies.submissions.find(once, now);
  if (earlier) return created(earlier satisfies SubmissionAnswer);

  const { form, stored, settings } = await formFor(sent, request, dependencies);
  const written = inOneSpelling(form, sent.answers);
  const errors = validateAnswers(form, written, { now });
  if (errors.length > 0) refuse({ kind: 'invalid-answers', errors });
  const answers = stripHidden(form, written);
  const helpers = helpersIn(form, answers);
  const wanted = attachmentsOf(form, answers);
  const { service, id, version } = form;
  const who = { person: session.person, signedInAt: session.startedAt };
  const filled = { ...once, ...who, service, form: id, formVersion: version, at: now };
  const amends = amendmentOf(draft.id);
  if (amends) {
    const amendment = {
      of: amends,
      sent: filled,
      content: {
        answers,
        ...(helpers.length > 0 && { helpers }),
        language: sent.language,
        formVersion: version,
      },
      filesBeside: (known: readonly CaseAttachment[]) =>
        arrivedFiles(draft, form, wanted, request, dependencies, known),
    };
    return created((await amendCase(request, amendment, dependencies.amending)) satisfies SubmissionAnswer);
  }
  const files = await arrivedFiles(draft, form, wanted, request, dependencies);

  // Filled in while the form was still kept: a delivery has no place for files, and they would be lost.
  if (!stored && files.length > 0) refuse({ kind: 'attachments-not-taken' });

  const common = { ...filled, ...(settings.consent && { consent: settings.consent }) };
  const content = {
    applicant: applicantOf(session),
    answers,
    ...(helpers.length > 0 && { helpers }),
    language: sent.language,
    attachments: files,
    salt: newSalt(),
  };
  const receipt = stored
    ? await dependencies.submissions.submit({
        ...common,
        title: form.title,
        content,
        ...(settings.course && { course: settings.course }),
        ...(settings.attachmentsAfterSending && { attachable: true }),
        ...(settings.withdrawal && { withdrawal: settings.withdrawal }),
        ...(settings.amendment && { amendment: settings.amendment }),
        ...(settings.roles && { roles: settings.roles }),
        ...(settings.messages === 'elsewhere' && { messagesElsewhere: true }),
      })
    : await dependencies.submissions.deliver({
        ...common,
        ...content,
        answers: withoutHelpers(answers, helpers),
      });
  return created(receipt satisfies SubmissionAnswer);
};
