/** The citizen API as the browser sees it: one function a call, problem+json as one typed failure. */

import { folderHeader, folderName } from '../../lambdas/domain/folder-header.ts';
import type { Language } from '../../lambdas/domain/language.ts';
import type { FieldError } from '../../lambdas/domain/refusal.ts';
import type { Status } from '../../lambdas/domain/status.ts';
import type { ReadingAnswer, SignInAnswer } from '../../lambdas/http/wire/access-log.ts';
import type {
  CaseAnswer,
  CaseSummary,
  MessageRequest,
  ReplyDraftRequest,
  SeenRequest,
} from '../../lambdas/http/wire/cases.ts';
import type { DraftSummary } from '../../lambdas/http/wire/drafts.ts';
import type { ConsentAnswer, PlacesAnswer } from '../../lambdas/http/wire/forms.ts';
import type { Page, Problem } from '../../lambdas/http/wire/general.ts';
import type { RemovalAnswer } from '../../lambdas/http/wire/my-data.ts';
import type {
  CodeRequest,
  ConfirmationRequest,
  ProfileAnswer,
  ProfileRequest,
} from '../../lambdas/http/wire/profile.ts';
import type { BulletinAnswer, PopularService, ServiceSummary } from '../../lambdas/http/wire/services.ts';
import type { MandateAnswer, MandateRequest, SessionAnswer } from '../../lambdas/http/wire/session.ts';
import type { EndReason } from './session.ts';

/** How long one call may take before it counts as a network that does not answer, in milliseconds. */
const usualPatience = 30_000;

/** The one way a call fails: `network` when nothing answered, else the problem's kind (`/problems/<kind>`). */
export class ApiFailure extends Error {
  readonly kind: string;
  /** HTTP status; 0 when nothing answered. */
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly ended: EndReason | undefined;
  /** Of the problem, what is its kind's own. */
  readonly problem: Partial<Problem>;
  constructor(
    kind: string,
    status: number,
    errors: readonly FieldError[] = [],
    ended?: EndReason,
    problem: Partial<Problem> = {},
  ) {
    super(kind);
    this.problem = problem;
    this.name = 'ApiFailure';
    this.kind = kind;
    this.status = status;
    this.errors = errors;
    this.ended = ended;
  }
  /** Whether the same call may succeed when it is made again. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What the session watch wants to hear: a call that counted as use, and a call refused for want of a session. */
export interface ApiListener {
  used?(): void;
  /** `ended` says why, where there was a session. */
  unauthenticated?(kind: string, ended: EndReason | undefined): void;
  /** A call refused because the organisation may not be acted for any more. */
  mandateLost?(): void;
  /** A call refused because something is not as this page has it: perhaps the folder is not the one it was opened in. */
  conflict?(): void;
}

const listeners = new Set<ApiListener>();

/** Returns how to stop listening. */
export const listen = (listener: ApiListener): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export interface Call {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly body?: unknown;
  /** Sent as the entity tag `"<revision>"`. */
  readonly ifMatch?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In milliseconds, the reading of the answer included. */
  readonly patience?: number;
}

const failureOf = async (response: Response): Promise<ApiFailure> => {
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  const kind = String(problem?.type ?? '')
    .split('/')
    .pop();
  const ended = problem?.ended as EndReason | undefined;
  const name = kind || `status-${response.status}`;
  return new ApiFailure(name, response.status, problem?.errors, ended, problem);
};

let folder: string | undefined;

/** From now on every change says that it was made in this folder. */
export const openedFor = (organisation: { readonly businessId: string } | undefined): void => {
  folder = folderName(organisation);
};

/** Headers of whatever changes something. Unsafe methods are refused without JSON, with a body or not. */
export const changing = (): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  ...(folder === undefined ? {} : { [folderHeader]: folder }),
});

const init = ({ method = 'GET', body, ifMatch, headers, patience = usualPatience }: Call): RequestInit => ({
  method,
  headers: {
    accept: 'application/json',
    ...(method === 'GET' ? {} : changing()),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    ...headers,
  },
  ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
  signal: AbortSignal.timeout(patience),
});

/** `path` is relative to `/api/`. Throws ApiFailure and nothing else. */
export const ask = async <Answer>(
  path: string,
  options: Call,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> => {
  try {
    const response = await fetch(`/api/${path}`, init(options));
    if (!response.ok) throw await failureOf(response);
    if (path !== 'session' || options.method === 'POST') for (const listener of listeners) listener.used?.();
    return await read(response);
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure('network', 0);
    if (failure.status === 401)
      for (const listener of listeners) listener.unauthenticated?.(failure.kind, failure.ended);
    if (failure.kind === 'mandate-lost' && path !== 'mandate')
      for (const listener of listeners) listener.mandateLost?.();
    if (failure.kind === 'conflict') for (const listener of listeners) listener.conflict?.();
    throw failure;
  }
};

/** The same for JSON; 204 resolves to undefined. */
export const call = <Answer>(path: string, options: Call = {}): Promise<Answer> =>
  ask(path, options, async response => (response.status === 204 ? undefined : await response.json()));

const query = (values: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

const segment = encodeURIComponent;

export const getSession = () => call<SessionAnswer>('session');
/** *Pysy kirjautuneena*: counts as use. */
export const staySignedIn = () => call<SessionAnswer>('session', { method: 'POST' });

export const getMandate = () => call<MandateAnswer>('mandate');
export const putMandate = (mandate: MandateRequest) =>
  call<MandateAnswer>('mandate', { method: 'PUT', body: mandate });

export const getProfile = () => call<ProfileAnswer>('profile');
export const putProfile = (profile: ProfileRequest) =>
  call<ProfileAnswer>('profile', { method: 'PUT', body: profile, ifMatch: profile.revision });

/** What a deletion would do; nothing is deleted. */
export const planMyDataRemoval = () => call<RemovalAnswer>('profile?dryRun=true', { method: 'DELETE' });
export const removeMyData = () => call<RemovalAnswer>('profile', { method: 'DELETE' });

/** Another code, or the first one for an address in use. */
export const postCode = (request: CodeRequest) =>
  call<ProfileAnswer>('profile/codes', { method: 'POST', body: request });
export const postConfirmation = (request: ConfirmationRequest) =>
  call<ProfileAnswer>('profile/confirmations', { method: 'POST', body: request });
export const getReadings = (cursor?: string) => call<Page<ReadingAnswer>>(`readings${query({ cursor })}`);
export const getCaseReadings = (caseNumber: string, cursor?: string) =>
  call<Page<ReadingAnswer>>(`cases/${segment(caseNumber)}/readings${query({ cursor })}`);
export const getSignIns = (cursor?: string) => call<Page<SignInAnswer>>(`sign-ins${query({ cursor })}`);

export const getServices = () => call<Page<ServiceSummary>>('services');
export const getPopularServices = () => call<Page<PopularService>>('popular-services');
export const getBulletins = () => call<Page<BulletinAnswer>>('bulletins');

export const getDrafts = (cursor?: string) => call<Page<DraftSummary>>(`drafts${query({ cursor })}`);
export const deleteDraft = (draft: Pick<DraftSummary, 'id' | 'revision'>) =>
  call<void>(`drafts/${segment(draft.id)}`, { method: 'DELETE', ifMatch: draft.revision });

export interface CaseQuery {
  readonly number?: string;
  /** `event`: in which something happened last; one page only. */
  readonly sort: 'name' | 'date' | 'event';
  readonly order: 'asc' | 'desc';
  readonly cursor?: string;
  /** Whose alphabet names are sorted by. */
  readonly language?: Language;
  readonly status?: Status;
  /** Ids with commas between them. */
  readonly service?: string;
  readonly year?: string;
  readonly new?: '1';
  /** In which something is asked of the citizen; the soonest first, in one page. */
  readonly waiting?: '1';
  /** With `new`: only where a message waits to be read. */
  readonly unread?: '1';
  /** At most 25, which is what comes when nothing is said. */
  readonly limit?: number;
}
export const getCases = ({ number, limit, ...asked }: CaseQuery) =>
  call<Page<CaseSummary>>(`cases${query({ number, ...asked, limit: limit?.toString() })}`);
export const getCase = (caseNumber: string) => call<CaseAnswer>(`cases/${segment(caseNumber)}`);
export const putSeen = (caseNumber: string, seen: SeenRequest) =>
  call<void>(`cases/${segment(caseNumber)}/seen`, { method: 'PUT', body: seen });
/** `key` stays the same when the same message is sent again, so a lost answer never doubles it. */
export const postMessage = (caseNumber: string, message: MessageRequest, key: string) =>
  call<unknown>(`cases/${segment(caseNumber)}/messages`, {
    method: 'POST',
    body: message,
    headers: { 'idempotency-key': key },
  });

/** An answer that is not finished; the newest stands, an empty one removes it. */
export const putReplyDraft = (caseNumber: string, draft: ReplyDraftRequest) =>
  call<void>(`cases/${segment(caseNumber)}/messages/draft`, { method: 'PUT', body: draft });

/** Gives up one's place on a course (R6.6), or withdraws what was sent; once, however often it is asked. */
export const postCancellation = (caseNumber: string) =>
  call<unknown>(`cases/${segment(caseNumber)}/cancellation`, { method: 'POST' });
/** Free places of a course; counts only. */
export const getPlaces = (form: string) => call<PlacesAnswer>(`forms/${segment(form)}/places`);
/** Whether the consent form has been sent (R6.8). */
export const getConsent = (form: string) => call<ConsentAnswer>(`consents/${segment(form)}`);

/** A version named is immutable, so the browser keeps it. The definition's type is the forms' own. */
export const getForm = <Form>(id: string, version: string) =>
  call<Form>(`forms/${segment(id)}${query({ version })}`);
