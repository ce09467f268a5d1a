/** API Gateway's HTTP API: routes, events in payload format 2.0, and what the service itself refuses. */
import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { InvocationFailure, type LambdaFunction } from './functions.ts';
import { type HttpRequest, type HttpResponse, header, jsonResponse } from './http-message.ts';
import { account, region } from './names.ts';

export interface Route {
  /** `GET /api/cases/{caseNumber}`, `ANY /x/{rest+}` or `$default`. */
  readonly key: string;
  readonly target: Pick<LambdaFunction, 'invoke'>;
  /** How long the integration may take. */
  readonly timeoutMilliseconds: number;
}

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** API Gateway takes no request larger than 10 MB, and Lambda no event larger than 6 MB. */
const largestRequestBytes = 10 * 1024 * 1024;
const largestEventBytes = 6 * 1024 * 1024;

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The path's parameters where it fits the pattern. */
const parametersOf = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  const greedy = /^\{(.+)\+\}$/.exec(wanted.at(-1) ?? '')?.[1];
  if (greedy === undefined ? wanted.length !== given.length : wanted.length > given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const segment = given[index] ?? '';
    const name = /^\{([^+}]+)\}$/.exec(want)?.[1];
    if (greedy !== undefined && index === wanted.length - 1)
      parameters[greedy] = decode(given.slice(index).join('/'));
    else if (name !== undefined && segment !== '') parameters[name] = decode(segment);
    else if (want !== segment) return undefined;
  }
  return parameters;
};

/** Literal segments before parameters, those before a greedy one; a method before ANY. Larger goes first. */
const weight = (key: string): string => {
  const [method = '', path = ''] = key.split(' ');
  const segments = segmentsOf(path).map(segment =>
    segment.endsWith('+}') ? '0' : segment.startsWith('{') ? '1' : '2',
  );
  return `${segments.join('')}${method === 'ANY' ? '0' : '3'}`;
};

/** The route API Gateway would take, or undefined where there is not even a `$default`. */
export const matchRoute = (routes: readonly Route[], method: string, path: string): Match | undefined => {
  const matches = routes.flatMap(route => {
    const [wanted, pattern] = route.key.split(' ');
    if (pattern === undefined || (wanted !== 'ANY' && wanted !== method)) return [];
    const parameters = parametersOf(pattern, path);
    return parameters ? [{ route, parameters }] : [];
  });
  matches.sort((one, other) => (weight(one.route.key) < weight(other.route.key) ? 1 : -1));
  const fallback = routes.find(route => route.key === '$default');
  return matches[0] ?? (fallback && { route: fallback, parameters: {} });
};

/** What the service hands over as text; everything else, forms too, comes in base64. */
const isText = (contentType: string): boolean =>
  /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i.test(contentType);

const joined = (pairs: Iterable<readonly [string, string]>): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [name, value] of pairs) result[name] = name in result ? `${result[name]},${value}` : value;
  return result;
};

export const toEvent = (request: HttpRequest, match: Match, now: number): APIGatewayProxyEventV2 => {
  const cookies = request.headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/));
  const text = isText(header(request.headers, 'content-type') ?? '');
  const host = header(request.headers, 'host') ?? '';
  const at = new Date(now);
  const time = `${at.toUTCString().slice(5, 16).replaceAll(' ', '/')}:${at.toISOString().slice(11, 19)} +0000`;
  return {
    version: '2.0',
    routeKey: match.route.key,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: joined(request.headers.filter(([name]) => name !== 'cookie')),
    ...(request.query !== '' && { queryStringParameters: joined(new URLSearchParams(request.query)) }),
    ...(Object.keys(match.parameters).length > 0 && { pathParameters: match.parameters }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.viewerAddress,
        userAgent: header(request.headers, 'user-agent') ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.route.key,
      stage: '$default',
      time,
      timeEpoch: now,
    },
    ...(request.body.length > 0 && { body: request.body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
};

/** A result without a status code is itself the body, as JSON. */
const toResponse = (result: unknown): HttpResponse => {
  if (typeof result !== 'object' || result === null || !('statusCode' in result))
    return jsonResponse(200, result);
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded,
  } = result as APIGatewayProxyStructuredResultV2;
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status: statusCode ?? 200,
    headers: [
      ...(named.some(([name]) => name === 'content-type') ? [] : [['content-type', 'text/plain'] as const]),
      ...named,
      ...cookies.map(cookie => ['set-cookie', cookie] as const),
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
};

const failed = (error: unknown): HttpResponse => {
  const kind = error instanceof InvocationFailure ? error.kind : 'error';
  if (kind === 'timeout' || kind === 'throttled')
    return jsonResponse(503, { message: 'Service Unavailable' });
  return jsonResponse(500, { message: 'Internal Server Error' });
};

const inTime = <T>(work: Promise<T>, milliseconds: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new InvocationFailure('timeout', 'the integration took too long')),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });

export type Gateway = (request: HttpRequest) => Promise<HttpResponse>;

export const createGateway = (routes: readonly Route[], options: { readonly now: () => number }): Gateway => {
  return async request => {
    if (request.body.length > largestRequestBytes)
      return jsonResponse(413, { message: 'Request Entity Too Large' });
    const match = matchRoute(routes, request.method, request.path);
    if (!match) return jsonResponse(404, { message: 'Not Found' });
    const event = toEvent(request, match, options.now());
    if ((event.body?.length ?? 0) > largestEventBytes)
      return jsonResponse(413, { message: 'Request Entity Too Large' });
    try {
      return toResponse(await inTime(match.route.target.invoke(event), match.route.timeoutMilliseconds));
    } catch (error) {
      return failed(error);
    }
  };
};

/** The address CloudFront's origin has in the template, as the handler sees it in `host`. */
export const apiHost = (apiId: string): string =>
  `${apiId.toLowerCase()}.execute-api.${region}.amazonaws.com`;
