/** The built site with a citizen API of wire types behind it, its state in the test's hands. For browser tests only. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { CaseAttachment } from '../../../lambdas/domain/case.ts';
import { changeContact, confirmAddress } from '../../../lambdas/domain/contact-change.ts';
import { keptCases, keptLog } from '../../../lambdas/domain/my-data.ts';
import type { Profile } from '../../../lambdas/domain/profile.ts';
import type { ReadingAnswer, SignInAnswer } from '../../../lambdas/http/wire/access-log.ts';
import type { CaseAttachmentsAnswer } from '../../../lambdas/http/wire/attachments.ts';
import type { CaseAnswer, CaseSummary, CitizenEvent } from '../../../lambdas/http/wire/cases.ts';
import type { DraftAnswer, DraftSummary } from '../../../lambdas/http/wire/drafts.ts';
import type { RemovalAnswer } from '../../../lambdas/http/wire/my-data.ts';
import type {
  ConfirmationRequest,
  ProfileAnswer,
  ProfileRequest,
} from '../../../lambdas/http/wire/profile.ts';
import type { BulletinAnswer, PopularService, ServiceSummary } from '../../../lambdas/http/wire/services.ts';
import type { SessionAnswer } from '../../../lambdas/http/wire/session.ts';
import { contentSecurityPolicy } from '../../../lib/content-security-policy.ts';
import { pages, pageUrl, placeOf } from '../../../web/urls.ts';

export interface Heard {
  readonly route: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

export interface MockState {
  session: SessionAnswer;
  profile: ProfileAnswer;
  services: ServiceSummary[];
  /** None when absent. */
  bulletins?: BulletinAnswer[];
  /** None when absent. */
  readings?: ReadingAnswer[];
  signIns?: SignInAnswer[];
  drafts: DraftSummary[];
  /** Those a form can go on with; none when absent. Nothing is saved. */
  begun?: DraftAnswer[];
  cases: CaseAnswer[];
  form: unknown;
  /** Files being added to a case; none when absent. */
  added?: CaseAttachmentsAnswer['items'];
  /** Routes that answer 503 now: `GET /api/cases`. */
  failing: Set<string>;
  /** Every unsafe call, oldest first. */
  heard: Heard[];
}

export interface MockPortal {
  readonly url: string;
  readonly state: MockState;
  close(): Promise<void>;
}

const pageSize = 25;
const site = join(import.meta.dirname, '..', '..', '..', 'dist', 'site');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const problem = (status: number, kind: string, more: object = {}): [number, unknown] => [
  status,
  { type: `/problems/${kind}`, title: kind, status, ...more },
];

const summary = ({
  caseNumber,
  service,
  form,
  status,
  submittedAt,
  updatedAt,
  isNew,
  unreadMessages,
  newest,
  waitsFor,
}: CaseAnswer): CaseSummary => ({
  caseNumber,
  service,
  form,
  status,
  submittedAt,
  updatedAt,
  isNew,
  unreadMessages,
  ...(newest && { newest }),
  ...(waitsFor && { waitsFor }),
});

const listCases = ({ cases }: MockState, query: URLSearchParams): [number, unknown] => {
  const number = (query.get('number') ?? '').replace(/[\s/-]/g, '').toUpperCase();
  const direction = query.get('order') === 'asc' ? 1 : -1;
  const key = (one: CaseAnswer) => {
    if (query.get('sort') === 'name') return one.service;
    return String(query.get('sort') === 'event' ? one.updatedAt : one.submittedAt);
  };
  const asked = (name: string, value: string) => [null, value].includes(query.get(name));
  const services = query.get('service')?.split(',');
  const found = cases
    .filter(({ caseNumber }) => caseNumber.replaceAll('-', '').includes(number))
    .filter(({ status }) => asked('status', status))
    .filter(({ submittedAt }) => asked('year', String(new Date(submittedAt).getFullYear())))
    .filter(({ service }) => services === undefined || services.includes(service))
    .filter(({ isNew }) => isNew || !query.has('new'))
    .filter(({ waitsFor }) => waitsFor || !query.has('waiting'))
    .toSorted((one, other) => direction * key(one).localeCompare(key(other)));
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? pageSize);
  const items = found.slice(start, end).map(summary);
  return [200, end < found.length ? { items, next: String(end) } : { items }];
};

const changeCase = (state: MockState, number: string, change: (one: CaseAnswer) => CaseAnswer): boolean => {
  const known = state.cases.some(({ caseNumber }) => caseNumber === number);
  state.cases = state.cases.map(one => (one.caseNumber === number ? change(one) : one));
  return known;
};

const reply =
  (text: unknown) =>
  (one: CaseAnswer): CaseAnswer => {
    const sequence = one.revision + 1;
    const event: CitizenEvent = {
      id: `e${sequence}`,
      sequence,
      at: Date.now(),
      by: 'citizen',
      type: 'message',
      text: String(text),
    };
    return { ...one, revision: sequence, events: [...one.events, event] };
  };

const withdrawn = (one: CaseAnswer): CaseAnswer => {
  const sequence = one.revision + 1;
  const event = { id: `e${sequence}`, sequence, at: Date.now(), by: 'citizen', type: 'status' } as const;
  return {
    ...one,
    status: 'cancelled',
    canWithdraw: false,
    revision: sequence,
    events: [...one.events, { ...event, status: 'cancelled' }],
  };
};

/** Where files go to; a test answers there. */
export const mockUploads = '/uploads';

const announced = (state: MockState, body: Record<string, unknown>): [number, unknown] => {
  const before = state.added ?? [];
  const attachment = {
    ...(body as unknown as CaseAttachment),
    id: `f${before.length + 1}`,
    state: 'uploaded',
  } as const;
  state.added = [...before, { ...attachment, staged: true }];
  return [201, { attachment, upload: { url: mockUploads, fields: {} } }];
};

/** Until it has been handed over. */
const takenBack = (state: MockState, id: string | undefined): [number, unknown] => {
  const left = state.added?.filter(file => file.id !== id || !file.staged);
  if (left?.length === state.added?.length) return problem(404, 'not-found');
  state.added = left ?? [];
  return [204, undefined];
};

const opened = (one: CaseAnswer): CaseAnswer => ({
  ...one,
  isNew: false,
  unreadMessages: 0,
  events: one.events.map(event => (event.by === 'department' ? { readAt: Date.now(), ...event } : event)),
});

const saveProfile = (
  state: MockState,
  { revision, consent: _, ...contact }: ProfileRequest,
): [number, unknown] => {
  const { profile } = state;
  if (revision !== profile.revision) return problem(412, 'precondition-failed');
  const { codes: _codes, ...before } = profile;
  // At registration what is given is used; after that only what is confirmed.
  const { profile: changed } =
    revision === 0
      ? { profile: { ...before, ...contact } }
      : changeContact(before as unknown as Profile, contact);
  const wanted = 'wanted' in changed ? Object.keys(changed.wanted ?? {}) : [];
  const codes = wanted.length > 0 && { codes: Object.fromEntries(wanted.map(field => [field, 'sent'])) };
  state.profile = { ...(changed as ProfileAnswer), registered: true, revision: revision + 1 };
  if (state.session.signedIn) state.session = { ...state.session, registered: true };
  return [200, { ...state.profile, ...codes }];
};

/** The code of every address here. */
export const mockCode = '123456';

const confirmContact = (state: MockState, { field, code }: ConfirmationRequest): [number, unknown] => {
  if (code !== mockCode) return problem(422, 'code-wrong', { triesLeft: 3 });
  const { profile } = confirmAddress(state.profile as unknown as Profile, field, Date.now());
  const { unconfirmed = [], revision } = state.profile;
  state.profile = {
    ...(profile as unknown as ProfileAnswer),
    unconfirmed: unconfirmed.filter(other => other !== field),
    revision: revision + 1,
  };
  return [200, state.profile];
};

/** A dry run leaves everything; the deletion ends the session. */
const removal = (state: MockState, dryRun: boolean): [number, RemovalAnswer] => {
  const kinds = ['profile', 'draft', 'file', 'notification', 'session', 'technical'] as const;
  const keeps = keptCases(state.cases);
  if (!dryRun) state.session = { signedIn: false, ended: 'signed-out' };
  return [
    200,
    {
      dryRun,
      deletes: kinds.map((what, count) => ({ what, count: count + 1 })),
      keeps: [...keeps, keptLog()],
    },
  ];
};

const popular = ({ id, name, applicants }: ServiceSummary): PopularService => ({
  ...{ id, name, applicants },
  writtenIn: { fi: 'fi', sv: 'sv', en: 'en' },
});

const answer = (
  state: MockState,
  route: string,
  query: URLSearchParams,
  body: Record<string, unknown>,
): [number, unknown] => {
  const [method, , , collection, id = '', part] = route.split(/[ /]/);
  const isPublic = ['session', 'services', 'forms', 'auth', 'bulletins', 'popular-services'].includes(
    collection ?? '',
  );
  if (state.failing.has(route)) return problem(503, 'unavailable');
  if (!isPublic && !state.session.signedIn) return problem(401, 'session-expired');
  switch ([method, collection, part ?? (id && '{id}')].filter(Boolean).join(' ')) {
    case 'POST session':
      // Use begins the idle time anew, as at the server: a check meanwhile must not take the warning away before.
      if (state.session.signedIn) state.session = { ...state.session, idleSecondsLeft: 7200 };
      return [200, state.session];
    case 'GET session':
      return [200, state.session];
    case 'POST auth sign-out':
    case 'POST auth {id}':
      state.session = { signedIn: false, ended: 'signed-out' };
      return [200, { location: pageUrl('fi', 'signedOut') }];
    case 'GET bulletins':
      return [200, { items: state.bulletins ?? [] }];
    case 'GET popular-services':
      return [200, { items: state.services.map(popular) }];
    case 'POST services openings':
      return [204, undefined];
    case 'GET services':
      return [200, { items: state.services }];
    case 'GET forms {id}':
      return [200, state.form];
    case 'GET profile':
      return [200, state.profile];
    case 'PUT profile':
      return saveProfile(state, body as unknown as ProfileRequest);
    case 'POST profile {id}':
      return id === 'codes'
        ? [200, { ...state.profile, codes: { [String(body.field)]: 'sent' } }]
        : confirmContact(state, body as unknown as ConfirmationRequest);
    case 'GET readings':
      return [200, { items: state.readings ?? [] }];
    case 'GET cases readings':
      return [200, { items: (state.readings ?? []).filter(({ caseNumber }) => caseNumber === id) }];
    case 'GET sign-ins':
      return [200, { items: state.signIns ?? [] }];
    case 'DELETE profile':
      return removal(state, query.get('dryRun') === 'true');
    case 'GET drafts':
      return [200, { items: state.drafts }];
    case 'GET drafts {id}': {
      const found = state.begun?.find(draft => draft.id === id);
      return found ? [200, found] : problem(404, 'not-found');
    }
    case 'DELETE drafts {id}':
      state.drafts = state.drafts.filter(draft => draft.id !== id);
      return [204, undefined];
    case 'GET cases':
      return listCases(state, query);
    case 'GET cases {id}': {
      const found = state.cases.find(({ caseNumber }) => caseNumber === id);
      return found ? [200, found] : problem(404, 'not-found');
    }
    case 'GET drafts attachments':
      return [200, { items: [] }];
    case 'GET cases attachments':
      return [200, { items: state.added ?? [] }];
    case 'POST cases attachments':
      return announced(state, body);
    case 'DELETE cases attachments':
      return takenBack(state, route.split('/').at(-1));
    case 'PUT cases seen':
      return changeCase(state, id, opened) ? [204, undefined] : problem(404, 'not-found');
    case 'POST cases messages':
      return changeCase(state, id, reply(body.text)) ? [201, {}] : problem(404, 'not-found');
    case 'PUT cases messages':
      return changeCase(state, id, one => ({ ...one, replyDraft: String(body.text) }))
        ? [204, undefined]
        : problem(404, 'not-found');
    case 'POST cases cancellation':
      if (state.cases.some(({ caseNumber, canWithdraw }) => caseNumber === id && !canWithdraw))
        return problem(409, 'status-not-allowed');
      return changeCase(state, id, withdrawn) ? [201, {}] : problem(404, 'not-found');
    default:
      return problem(404, 'not-found');
  }
};

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
};

const serveApi = async (state: MockState, url: URL, request: IncomingMessage, response: ServerResponse) => {
  const route = `${request.method} ${url.pathname}`;
  const body = await bodyOf(request);
  if (request.method !== 'GET') state.heard.push({ route, headers: request.headers, body });
  const [status, content] = answer(state, route, url.searchParams, body);
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(content === undefined ? undefined : JSON.stringify(content));
};

/** The part CloudFront's function plays: a shell's address leads to its one file. */
const fileOf = (path: string): string => {
  const place = placeOf(path);
  if (place && 'shell' in pages[place.page]) return `${pageUrl(place.language, place.page)}index.html`;
  return path.endsWith('/') ? `${path}index.html` : path;
};

const serveSite = async (state: MockState, url: URL, response: ServerResponse) => {
  const file = fileOf(url.pathname);
  const content = await readFile(join(site, file)).catch(() => undefined);
  response.writeHead(content ? 200 : 404, {
    'content-type': types[extname(file)] ?? 'text/plain',
    ...(state.session.signedIn ? { 'set-cookie': 'signed-in=1; Path=/' } : {}),
    'content-security-policy': contentSecurityPolicy({ uploads: '' }),
  });
  response.end(content ?? 'not found');
};

export const startMockPortal = async (state: MockState): Promise<MockPortal> => {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    void (url.pathname.startsWith('/api/')
      ? serveApi(state, url, request, response)
      : serveSite(state, url, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    state,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
