/** Calls a handler as API Gateway does behind CloudFront. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { ApiHandler } from '../../lambdas/http/chain.ts';
import { sessionCookie } from '../../lambdas/http/cookies.ts';

export const environment = { PORTAL_URL: 'https://portal.example', ORIGIN_SECRET: 'origin-secret' } as const;

export interface Call {
  /** `GET /api/drafts/{id}`. */
  readonly route: string;
  /** Values of the path: `{ id: 'x' }`. */
  readonly parameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Sent as JSON; a string goes as it is. */
  readonly body?: unknown;
  /** Over the usual ones of our own page; undefined takes one away. */
  readonly headers?: Record<string, string | undefined>;
  /** Value of the session cookie. */
  readonly session?: string | undefined;
  readonly cookies?: readonly string[];
}

export interface Called {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Empty when the answer is not JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

const pathOf = (pattern: string, parameters: Record<string, string>): string =>
  pattern.replace(/\{(\w+)\}/g, (whole, name) => encodeURIComponent(parameters[name] ?? whole));

const eventOf = (call: Call): APIGatewayProxyEventV2 => {
  const [method = 'GET', pattern = '/'] = call.route.split(' ');
  const headers = Object.entries({
    'x-origin-secret': environment.ORIGIN_SECRET,
    ...(method !== 'GET' && { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }),
    ...call.headers,
  }).filter(([, value]) => value !== undefined);
  const cookies = [...(call.session ? [`${sessionCookie}=${call.session}`] : []), ...(call.cookies ?? [])];
  const body = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  return {
    version: '2.0',
    routeKey: call.route,
    rawPath: pathOf(pattern, call.parameters ?? {}),
    rawQueryString: new URLSearchParams(call.query).toString(),
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(cookies.length > 0 && { cookies }),
    ...(call.query && { queryStringParameters: call.query }),
    ...(call.parameters && { pathParameters: call.parameters }),
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
    requestContext: { http: { method }, requestId: 'request-1' },
  } as unknown as APIGatewayProxyEventV2;
};

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

export const call = async (handler: ApiHandler, request: Call): Promise<Called> => {
  const {
    statusCode,
    headers = {},
    cookies = [],
    body: text = '',
  } = await handler(eventOf(request), {} as Context);
  return {
    status: statusCode ?? 0,
    headers: headers as Record<string, string>,
    cookies,
    text,
    body: parsed(text),
  };
};
