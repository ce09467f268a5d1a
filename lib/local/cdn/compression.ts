/** CloudFront's compression: which answers, and in which encoding. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type HttpResponse, header, withHeader, withoutHeaders } from '../http-message.ts';

/** The content types CloudFront compresses, as its developer guide lists them. */
const types = new Set([
  ...[
    'dash+xml',
    'eot',
    'font',
    'font-sfnt',
    'javascript',
    'json',
    'opentype',
    'otf',
    'pdf',
    'pkcs7-mime',
    'protobuf',
  ].map(name => `application/${name}`),
  ...[
    'rss+xml',
    'truetype',
    'ttf',
    'vnd.apple.mpegurl',
    'vnd.mapbox-vector-tile',
    'vnd.ms-fontobject',
    'wasm',
  ].map(name => `application/${name}`),
  ...[
    'xhtml+xml',
    'xml',
    'x-font-opentype',
    'x-font-truetype',
    'x-font-ttf',
    'x-httpd-cgi',
    'x-javascript',
  ].map(name => `application/${name}`),
  ...['x-mpegurl', 'x-opentype', 'x-otf', 'x-perl', 'x-ttf'].map(name => `application/${name}`),
  ...['eot', 'opentype', 'otf', 'ttf'].map(name => `font/${name}`),
  ...[
    'css',
    'csv',
    'html',
    'javascript',
    'js',
    'plain',
    'richtext',
    'tab-separated-values',
    'xml',
    'x-component',
  ].map(name => `text/${name}`),
  ...['x-java-source', 'x-script', 'vtt'].map(name => `text/${name}`),
  'image/svg+xml',
]);
const smallestBytes = 1_000;
const largestBytes = 10_000_000;

type Encoding = 'br' | 'gzip';

export interface Allowed {
  readonly gzip: boolean;
  readonly brotli: boolean;
}

/** Both when the viewer takes both: brotli. A quality of 0 is a refusal. */
export const chooseEncoding = (acceptEncoding: string, allowed: Allowed): Encoding | undefined => {
  const accepted = acceptEncoding
    .split(',')
    .map(part => part.trim().split(/\s*;\s*q=/))
    .filter(([, quality]) => quality === undefined || Number(quality) > 0)
    .map(([name]) => name);
  if (allowed.brotli && accepted.includes('br')) return 'br';
  return allowed.gzip && accepted.includes('gzip') ? 'gzip' : undefined;
};

const isCompressible = ({ status, headers, body }: HttpResponse): boolean =>
  ![204, 206, 304].includes(status) &&
  header(headers, 'content-encoding') === undefined &&
  types.has((header(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '') &&
  body.length >= smallestBytes &&
  body.length <= largestBytes;

const encode = (body: Buffer, encoding: Encoding): Buffer =>
  encoding === 'gzip'
    ? gzipSync(body)
    : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

/** A strong ETag no longer holds for other bytes. */
const weakened = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`);

export const compress = (response: HttpResponse, acceptEncoding: string, allowed: Allowed): HttpResponse => {
  if (!isCompressible(response)) return response;
  const varied = { ...response, headers: withHeader(response.headers, 'vary', 'Accept-Encoding') };
  const encoding = chooseEncoding(acceptEncoding, allowed);
  if (!encoding) return allowed.gzip || allowed.brotli ? varied : response;
  const etag = header(response.headers, 'etag');
  const headers = withHeader(withoutHeaders(varied.headers, 'content-length'), 'content-encoding', encoding);
  return {
    ...response,
    headers: etag === undefined ? headers : withHeader(headers, 'etag', weakened(etag)),
    body: encode(response.body, encoding),
  };
};
