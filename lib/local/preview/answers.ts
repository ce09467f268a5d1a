/**
 * The citizen API as far as one form needs it, with nobody behind it: answers are judged by the same code as in the
 * portal, drafts live in memory, and what is sent is shown instead of kept.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import { withoutHelpers } from '../../../lambdas/domain/forms/helpers.ts';
import type { CompiledForm } from '../../../lambdas/domain/forms/types.ts';
import { validateAnswers } from '../../../lambdas/domain/forms/validate.ts';
import { helpersIn, stripHidden } from '../../../lambdas/domain/forms/visible.ts';
import type { AvailabilityAnswer, FormInUse } from '../../../lambdas/forms/form.ts';
import type { AttachmentAnswer, AttachmentRequest } from '../../../lambdas/http/wire/attachments.ts';
import type { SubmissionAnswer, SubmissionRequest } from '../../../lambdas/http/wire/cases.ts';
import type { DraftRequest, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import type { PlacesAnswer } from '../../../lambdas/http/wire/forms.ts';
import type { SessionAnswer } from '../../../lambdas/http/wire/session.ts';
import type { Definition } from './definition.ts';

export interface PreviewAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PreviewRequest {
  readonly method: string;
  /** Below `/api/`. */
  readonly path: readonly string[];
  readonly version?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

type Draft = DraftSummary & DraftRequest & { readonly attachments: CaseAttachment[] };

const problem = (status: number, kind: string, more: object = {}): PreviewAnswer => ({
  status,
  body: { type: `/problems/${kind}`, title: kind, status, ...more },
  headers: { 'content-type': 'application/problem+json' },
});
const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): PreviewAnswer => ({
  status: 200,
  body,
  headers,
});

const sessionOf = (form: CompiledForm | undefined): SessionAnswer => {
  const kind = form?.settings.applicants[0] ?? 'person';
  return {
    signedIn: true,
    kind,
    name: 'Matti Meikäläinen',
    ...(kind === 'organisation' && {
      organisation: { name: 'Esimerkkiyhdistys ry', businessId: '0201256-6' },
    }),
    registered: true,
    method: 'preview',
    idleSecondsLeft: 7200,
    absoluteSecondsLeft: 43_200,
  };
};

const placesOf = ({ settings: { course } }: CompiledForm): PlacesAnswer | undefined =>
  course && { places: course.places, free: course.places, waitingList: course.waitingList ?? 0, waiting: 0 };

const summaryOf = (id: string, form: CompiledForm, draft: DraftRequest, before?: Draft): Draft => {
  const now = Date.now();
  return {
    ...draft,
    id,
    service: form.service,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    expiresAt: now + 24 * 60 * 60 * 1000,
    revision: (before?.revision ?? 0) + 1,
    attachments: before?.attachments ?? [],
  };
};

export interface Sent {
  readonly form: string;
  readonly version: string;
  readonly answers: unknown;
}

/** `show` gets what would be handed over, when something is sent. */
export const previewApi = (definition: Definition, origin: () => string, show: (sent: Sent) => void) => {
  const drafts = new Map<string, Draft>();
  const key = randomBytes(32).toString('base64');

  const form = ({ version }: PreviewRequest): PreviewAnswer => {
    const found = definition.form(version);
    if (!found) return problem(404, 'not-found');
    // A form that is not open yet is what one wants to look at most.
    return ok({ ...found, availability: 'open', now: Date.now() } satisfies FormInUse);
  };

  const saveDraft = (id: string, { body }: PreviewRequest): PreviewAnswer => {
    const draft = body as DraftRequest;
    const of = definition.form(draft.formVersion);
    if (!of) return problem(404, 'not-found');
    const before = drafts.get(id);
    const saved = summaryOf(id, of, draft, before);
    drafts.set(id, saved);
    return { ...ok(saved, { etag: `"${saved.revision}"` }), status: before ? 200 : 201 };
  };

  const draft = (id: string, request: PreviewRequest): PreviewAnswer => {
    if (id === 'key') return ok({ key });
    const found = drafts.get(id);
    if (request.method === 'PUT') return saveDraft(id, request);
    if (!found) return problem(404, 'not-found');
    if (request.method === 'DELETE') drafts.delete(id);
    return request.method === 'DELETE' ? { status: 204 } : ok(found, { etag: `"${found.revision}"` });
  };

  const attachments = (id: string, { method, body }: PreviewRequest): PreviewAnswer => {
    const found = drafts.get(id);
    if (!found) return problem(404, 'not-found');
    if (method === 'GET') return ok({ items: found.attachments });
    if (method !== 'POST') return { status: 204 };
    const { name, size, type, sha256 } = body as AttachmentRequest;
    const attachment: CaseAttachment = { id: randomUUID(), name, size, type, sha256, state: 'checked' };
    found.attachments.push(attachment);
    const upload = { url: `${origin()}/preview/uploads`, fields: {} };
    return { status: 201, body: { attachment, upload } satisfies AttachmentAnswer };
  };

  const submit = ({ body }: PreviewRequest): PreviewAnswer => {
    const { formVersion, answers } = body as SubmissionRequest;
    const of = definition.form(formVersion);
    if (!of) return problem(404, 'not-found');
    const errors = validateAnswers(of, answers, { now: Date.now() });
    if (errors.length > 0) return problem(422, 'invalid-answers', { errors });
    const sent = stripHidden(of, answers);
    show({ form: of.id, version: of.version, answers: withoutHelpers(sent, helpersIn(of, sent)) });
    const caseNumber = `HEL-${new Date().getFullYear()}-000000`;
    return { status: 201, body: { caseNumber, stored: of.settings.stored } satisfies SubmissionAnswer };
  };

  return (request: PreviewRequest): PreviewAnswer => {
    const [what, id = '', part] = request.path;
    switch (`${what}${part ? `/${part}` : ''}`) {
      case 'session':
        return ok(sessionOf(definition.form()));
      case 'forms':
        return form(request);
      case 'forms/availability':
        return ok({ availability: 'open', now: Date.now() } satisfies AvailabilityAnswer);
      case 'forms/places': {
        const current = definition.form();
        return (current && placesOf(current) && ok(placesOf(current))) || problem(404, 'not-found');
      }
      case 'services/openings':
        return { status: 204 };
      case 'consents':
        return ok({ given: true });
      case 'drafts':
        return id === '' ? ok({ items: [] }) : draft(id, request);
      case 'drafts/attachments':
        return attachments(id, request);
      case 'cases':
        return request.method === 'POST' ? submit(request) : problem(404, 'not-found');
      default:
        return problem(404, 'not-found');
    }
  };
};
