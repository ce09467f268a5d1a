/** The CloudFront function of the site, on every viewer request that is not for the API or an asset. */
import cloudfront from 'cloudfront';
import { routeSite } from './site-routing.ts';

interface Values {
  readonly [name: string]: { readonly value: string } | undefined;
}

interface ViewerRequest {
  uri: string;
  readonly querystring: Values;
  readonly headers: Values;
  readonly cookies: Values;
}

interface Redirect {
  readonly statusCode: number;
  readonly headers: Values;
}

const read = (values: Values, name: string): string | undefined => {
  const found = values[name];
  return found ? found.value : undefined;
};

const queryOf = (querystring: Values): string => {
  const pairs = Object.keys(querystring).map(name => `${name}=${read(querystring, name)}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
};

const redirect = (location: string, permanent: boolean): Redirect => ({
  statusCode: permanent ? 301 : 302,
  headers: {
    location: { value: location },
    'cache-control': { value: permanent ? 'max-age=3600' : 'no-store' },
  },
});

/** Before the first catalogue is published there is none: the built pages stand in its place. */
async function inCatalogue(file: string, otherwise: string): Promise<string> {
  try {
    const version = await cloudfront.kvs().get('catalogue');
    return `/catalogue/${version}${file}`;
  } catch (_) {
    return otherwise;
  }
}

export async function handler(event: { request: ViewerRequest }): Promise<ViewerRequest | Redirect> {
  const request = event.request;
  const route = routeSite({
    uri: request.uri,
    query: queryOf(request.querystring),
    acceptLanguage: read(request.headers, 'accept-language'),
    remembered: read(request.cookies, 'language'),
  });
  if ('redirect' in route) return redirect(route.redirect, route.permanent);
  request.uri = route.catalogue ? await inCatalogue(route.file, route.otherwise || route.file) : route.file;
  return request;
}
