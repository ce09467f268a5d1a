/** What CloudFront's cache and origin request policies let through to the origin. */
import type { HttpRequest } from '../http-message.ts';

/** Names (lower-case) that pass: only these, or all but these. */
export type Selection = { readonly only: readonly string[] } | { readonly except: readonly string[] };

export interface RequestPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queries: Selection;
}

export interface CachePolicy extends RequestPolicy {
  readonly gzip: boolean;
  readonly brotli: boolean;
}

const none: Selection = { only: [] };
const all: Selection = { except: [] };
const nothing: RequestPolicy = { headers: none, cookies: none, queries: none };

/** Managed-…, by the ids AWS publishes. */
export const managedCachePolicies: Readonly<Record<string, CachePolicy>> = {
  // CachingDisabled
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { ...nothing, gzip: false, brotli: false },
  // CachingOptimized
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { ...nothing, gzip: true, brotli: true },
  // CachingOptimizedForUncompressedObjects
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { ...nothing, gzip: false, brotli: false },
  // UseOriginCacheControlHeaders
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': {
    headers: { only: ['host', 'origin', 'x-http-method-override', 'x-http-method', 'x-method-override'] },
    cookies: all,
    queries: none,
    gzip: true,
    brotli: true,
  },
  // UseOriginCacheControlHeaders-QueryStrings
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': {
    headers: { only: ['host', 'origin', 'x-http-method-override', 'x-http-method', 'x-method-override'] },
    cookies: all,
    queries: all,
    gzip: true,
    brotli: true,
  },
};

export const managedRequestPolicies: Readonly<Record<string, RequestPolicy>> = {
  // AllViewer
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { headers: all, cookies: all, queries: all },
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': { headers: { except: ['host'] }, cookies: all, queries: all },
  // CORS-S3Origin
  '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf': {
    ...nothing,
    headers: { only: ['origin', 'access-control-request-headers', 'access-control-request-method'] },
  },
};

const passes = (selection: Selection, name: string): boolean =>
  'only' in selection ? selection.only.includes(name) : !selection.except.includes(name);

/** Never forwarded: they belong to the connection, or CloudFront writes them itself. */
const ofTheConnection = new Set([
  ...[
    'connection',
    'keep-alive',
    'proxy-authenticate',
    'proxy-authorization',
    'proxy-connection',
    'te',
    'trailer',
  ],
  ...['transfer-encoding', 'upgrade', 'expect', 'via', 'x-real-ip', 'content-length'],
]);
/** Always forwarded, whatever the policies say. */
const always = new Set([
  'content-type',
  'if-none-match',
  'if-modified-since',
  'if-match',
  'range',
  'if-range',
]);

const passingCookies = (value: string, policies: readonly RequestPolicy[]): string =>
  value
    .split(/;\s*/)
    .filter(pair => policies.some(policy => passes(policy.cookies, pair.split('=')[0]?.toLowerCase() ?? '')))
    .join('; ');

const passingQuery = (query: string, policies: readonly RequestPolicy[]): string =>
  query
    .split('&')
    .filter(pair => pair !== '')
    .filter(pair => policies.some(policy => passes(policy.queries, pair.split('=')[0]?.toLowerCase() ?? '')))
    .join('&');

/** The request as the origin gets it: what no policy names is not there. */
export const towardsOrigin = (request: HttpRequest, policies: readonly RequestPolicy[]): HttpRequest => {
  const headers = request.headers.flatMap(([name, value]): (readonly [string, string])[] => {
    if (ofTheConnection.has(name)) return [];
    if (name === 'cookie') {
      const cookies = passingCookies(value, policies);
      return cookies === '' ? [] : [[name, cookies]];
    }
    return always.has(name) || policies.some(policy => passes(policy.headers, name)) ? [[name, value]] : [];
  });
  const agent = headers.some(([name]) => name === 'user-agent');
  const forwarded = request.headers.find(([name]) => name === 'x-forwarded-for')?.[1];
  return {
    ...request,
    query: passingQuery(request.query, policies),
    headers: [
      ...headers.filter(([name]) => name !== 'x-forwarded-for' && name !== 'x-forwarded-proto'),
      ...(agent ? [] : [['user-agent', 'Amazon CloudFront'] as const]),
      ['x-forwarded-for', [forwarded, request.viewerAddress].filter(Boolean).join(', ')],
      ['x-forwarded-proto', 'https'],
      ['via', '1.1 local.cloudfront.net (CloudFront)'],
    ],
  };
};
