import { createHash, timingSafeEqual } from 'node:crypto';
import middy, { type MiddlewareObj, type Request as MiddyRequest } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Settings } from '../configuration.ts';
import type { EpochMs } from '../domain/case.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import type { Answer } from './answer.ts';
import { defaultBodyLimitBytes, readJson, readText } from './body.ts';
import { faultOf, type Log, levelOf, log as logToConsole } from './log.ts';
import { internalProblem, problem } from './problem.ts';
import { type PublicRequest, readRequest } from './request.ts';
import type { Handle, RouteKey } from './routes.ts';

/** The event as it goes through the chain: each `before` adds to `request`, and the last lets it in. */
interface ChainEvent extends APIGatewayProxyEventV2 {
  request: PublicRequest;
}
type Result = APIGatewayProxyStructuredResultV2;
type Passing = MiddyRequest<ChainEvent, Answer>;
type Middleware = MiddlewareObj<ChainEvent, Answer>;

export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Result>;

export interface ChainOptions<Request> {
  readonly environment: Pick<Settings, 'PORTAL_URL' | 'ORIGIN_SECRET'>;
  /** Who this is and whether they may; refuses otherwise. */
  readonly admit: (request: PublicRequest) => Promise<Request>;
  /** Cookies to send with a refusal. */
  readonly refusalCookies?: (request: PublicRequest, refusal: Refusal) => readonly string[];
  /** Routes called by others than the portal's own pages, each with a proof of its own in place of the origin. */
  readonly fromElsewhere?: readonly RouteKey[] | 'all';
  /** Routes whose body is not JSON; they get its text. */
  readonly bodyAsText?: readonly RouteKey[] | 'all';
  /** Bytes, default 512 kB. */
  readonly bodyLimitBytes?: number;
  readonly now?: () => EpochMs;
  readonly log?: Log;
}

const isUnsafe = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

const lists = (routes: readonly RouteKey[] | 'all' | undefined, { routeKey }: PublicRequest): boolean =>
  routes === 'all' || (routes?.includes(routeKey as RouteKey) ?? false);

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** CloudFront adds the secret; whoever goes round it, past its firewall and limits, finds nothing. */
const checkOrigin = (request: PublicRequest, secret: string): void => {
  const given = request.headers['x-origin-secret'] ?? '';
  if (!timingSafeEqual(sha256(given), sha256(secret))) refuse({ kind: 'not-found' });
};

/** Browsers say where a request comes from; an unsafe one must say it comes from us (contract, "Citizen API"). */
const checkSite = (request: PublicRequest, portalUrl: string): void => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const ours =
    (site === undefined || site === 'same-origin') && (origin === undefined || origin === portalUrl);
  if (!ours || (site === undefined && origin === undefined)) refuse({ kind: 'cross-site' });
};

/** Answers are data for one reader: never stored, framed, sniffed or read by another site. */
const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

const withSecurityHeaders = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...securityHeaders, ...answer.headers },
});

/** middy runs `after` and `onError` from last to first: used before the others, these two see every answer last. */
const logging = (write: Log, now: () => EpochMs): Middleware => {
  const line = ({ event, response, error }: Passing, startedAt: EpochMs): void => {
    const status = response?.status ?? 500;
    write({
      at: new Date(now()).toISOString(),
      level: levelOf(status),
      route: event.routeKey,
      status,
      ms: Math.round(performance.now() - startedAt),
      requestId: event.requestContext.requestId,
      ...(response?.problem !== undefined && { problem: response.problem }),
      ...(error instanceof Refusal && { problem: error.reason.kind }),
      ...(error && !(error instanceof Refusal) && { fault: faultOf(error) }),
    });
  };
  const started = new WeakMap<ChainEvent, number>();
  const end = (request: Passing) => line(request, started.get(request.event) ?? performance.now());
  return {
    before: ({ event }) => {
      started.set(event, performance.now());
    },
    after: end,
    onError: end,
  };
};

const headers = (): Middleware => {
  const add = (request: Passing): void => {
    if (request.response) request.response = withSecurityHeaders(request.response);
  };
  return { after: add, onError: add };
};

/** Passing by the SDK's own marks (throttling, outages) or for want of an answer: worth another try and no fault of ours. */
const isPassing = (error: unknown): boolean => {
  const { name, $retryable, $fault } = (error ?? {}) as Record<'name' | '$retryable' | '$fault', unknown>;
  return $retryable !== undefined || $fault === 'server' || name === 'TimeoutError';
};

/** Assigns `request.response`: an `onError` that returned one would end the chain before the headers and the log. */
const problems = ({ refusalCookies }: Pick<ChainOptions<never>, 'refusalCookies'>): Middleware => ({
  onError: request => {
    const { error, event } = request;
    if (error instanceof Refusal) {
      const cookies = refusalCookies?.(event.request, error) ?? [];
      request.response = { ...problem(error.reason), cookies };
    } else if (isPassing(error)) request.response = problem({ kind: 'unavailable' });
    else request.response = internalProblem(event.requestContext.requestId);
  },
});

const reading = ({
  environment,
  fromElsewhere,
  bodyAsText,
  bodyLimitBytes,
  now = Date.now,
}: Omit<ChainOptions<never>, 'admit'>): Middleware => ({
  before: ({ event }) => {
    const request = readRequest(event, now());
    event.request = request;
    checkOrigin(request, environment.ORIGIN_SECRET);
    if (!isUnsafe(request.method)) return;
    if (!lists(fromElsewhere, request)) checkSite(request, environment.PORTAL_URL);
    const text = readText(event, bodyLimitBytes ?? defaultBodyLimitBytes);
    const body = lists(bodyAsText, request)
      ? text
      : readJson(text, request.method, request.headers['content-type']);
    event.request = { ...request, body };
  },
});

const render = ({ status, body, html, bytes, headers, cookies = [] }: Answer): Result => ({
  statusCode: status,
  headers: {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(html !== undefined && { 'content-type': 'text/html; charset=utf-8' }),
    ...headers,
  },
  ...(cookies.length > 0 && { cookies: [...cookies] }),
  ...(body !== undefined && { body: JSON.stringify(body) }),
  ...(html !== undefined && { body: html }),
  ...(bytes && { body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }),
});

/**
 * The one middy chain: origin, site, size and form of the request, who it is, the handler; then refusals as
 * problem+json, security headers, one log line. `http/api.ts` is the citizens' door to it.
 */
export const chain = <Request>(handle: Handle<Request>, options: ChainOptions<Request>): ApiHandler => {
  const { log = logToConsole, now = Date.now, admit } = options;
  const run = middy<ChainEvent, Answer>(async (event: ChainEvent) => handle(await admit(event.request)), {
    timeoutEarlyInMillis: 500,
    timeoutEarlyResponse: () => refuse({ kind: 'unavailable' }),
  })
    .use(logging(log, now))
    .use(headers())
    .use(problems(options))
    .use(reading(options));
  return async (event, context) => render(await run(event as ChainEvent, context));
};
