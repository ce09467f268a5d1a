/** CloudFront's part: which behaviour a request meets, what reaches the origin, and what is done to the answer. */
import { type HttpRequest, type HttpResponse, header, withHeader, withoutHeaders } from '../http-message.ts';
import { compress } from './compression.ts';
import type { Behaviour, Distribution, Origin } from './distribution.ts';
import { towardsOrigin } from './policies.ts';
import { withResponseHeaders } from './response-headers.ts';
import type { ViewerFunction } from './viewer-function.ts';

/** Asks an origin; the request is as the origin gets it, its `host` already the origin's. */
export type Fetch = (origin: Origin, request: HttpRequest) => Promise<HttpResponse>;

export interface Parts {
  readonly distribution: Distribution;
  /** Functions by logical id. */
  readonly functions: ReadonlyMap<string, ViewerFunction>;
  readonly fetch: Fetch;
}

export type Cdn = (request: HttpRequest) => Promise<HttpResponse>;

/** CloudFront's own page for what it refuses by itself. */
const refusal = (status: number, reason: string): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'text/html'],
    ['x-cache', 'Error from cloudfront'],
  ],
  body: Buffer.from(
    `<!DOCTYPE html><title>ERROR: The request could not be satisfied</title><h1>${status}</h1><p>${reason}</p>`,
  ),
});

/** `*` is any run of characters, `?` any one; letter case counts. */
export const matches = (pattern: string, path: string): boolean => {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^/?${expression.replace(/^\//, '')}$`, 's').test(path);
};

export const behaviourFor = (distribution: Distribution, path: string): Behaviour => {
  const found = distribution.behaviours.find(({ pattern }) => matches(pattern, path));
  if (!found) throw new Error('the distribution has no default behaviour');
  return found;
};

const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

const isResponse = (given: HttpRequest | HttpResponse): given is HttpResponse => 'status' in given;

export const createCdn = ({ distribution, functions, fetch }: Parts): Cdn => {
  const originOf = (id: string): Origin => {
    const origin = distribution.origins.find(each => each.id === id);
    if (!origin) throw new Error(`the distribution has no origin ${id}`);
    return origin;
  };

  const ask = (origin: Origin, request: HttpRequest): Promise<HttpResponse> => {
    const host = header(request.headers, 'host') ?? origin.host;
    const names = origin.customHeaders.map(([name]) => name);
    const headers = withHeader(withoutHeaders(request.headers, ...names), 'host', host);
    return fetch(origin, {
      ...request,
      path: `${origin.path}${request.path}`,
      headers: [...headers, ...origin.customHeaders],
    });
  };

  /** The target, or the members of the group one after another while they answer a failover status. */
  const askTarget = async (behaviour: Behaviour, request: HttpRequest): Promise<HttpResponse> => {
    const group = distribution.groups.find(({ id }) => id === behaviour.target);
    if (!group) return ask(originOf(behaviour.target), request);
    const [first = '', ...others] = group.members;
    let response = await ask(originOf(first), request);
    for (const member of others) {
      if (!group.failoverStatuses.includes(response.status) || !repeatable.has(request.method)) break;
      response = await ask(originOf(member), request);
    }
    return response;
  };

  const throughOrigin = async (behaviour: Behaviour, request: HttpRequest): Promise<HttpResponse> => {
    const { cachePolicy, requestPolicy } = behaviour;
    const policies = requestPolicy ? [cachePolicy, requestPolicy] : [cachePolicy];
    const response = await askTarget(behaviour, towardsOrigin(request, policies));
    const kept = {
      ...response,
      headers: withHeader(withoutHeaders(response.headers, 'connection'), 'x-cache', 'Miss from cloudfront'),
    };
    return behaviour.compress
      ? compress(kept, header(request.headers, 'accept-encoding') ?? '', cachePolicy)
      : kept;
  };

  return async request => {
    const behaviour = behaviourFor(distribution, request.path);
    if (!behaviour.methods.includes(request.method))
      return refusal(
        403,
        'This distribution is not configured to allow the HTTP request method that was used.',
      );
    const viewerFunction = functions.get(behaviour.viewerRequest ?? '');
    const changed = viewerFunction ? await viewerFunction(request) : request;
    const response = isResponse(changed) ? changed : await throughOrigin(behaviour, changed);
    return withResponseHeaders(response, behaviour.responseHeaders);
  };
};
