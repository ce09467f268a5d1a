import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * AWS Signature Version 4 as S3 checks it (path encoded once, not normalised):
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SignedRequest {
  readonly method: string;
  /** As it came, percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Scope {
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Why a request is refused, in S3's own codes. */
export type Refused =
  | 'AccessDenied'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryParametersError'
  | 'InvalidAccessKeyId'
  | 'RequestTimeTooSkewed'
  | 'ExpiredRequest'
  | 'SignatureDoesNotMatch';

const skewMs = 15 * 60_000;
const longestExpirySeconds = 7 * 24 * 3600;
const algorithm = 'AWS4-HMAC-SHA256';

const hmac = (key: string | Buffer, value: string): Buffer =>
  createHmac('sha256', key).update(value).digest();
export const sha256Hex = (value: string | Uint8Array): string =>
  createHash('sha256').update(value).digest('hex');

export const signWith = (secret: string, credentialScope: string, stringToSign: string): string => {
  const [date = '', region = '', service = '', terminator = ''] = credentialScope.split('/');
  const key = [date, region, service, terminator].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, stringToSign).toString('hex');
};

export const sameText = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** `20261123T070000Z` → epoch ms, NaN when it is none. */
export const parseAmzDate = (text: string): number => {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name.toLowerCase() !== 'x-amz-signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');

const headerText = (value: string | string[] | undefined): string =>
  [value ?? []].flat().join(',').trim().replace(/\s+/g, ' ');

const canonicalRequest = (request: SignedRequest, signedHeaders: string[], payload: string): string =>
  [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...signedHeaders.map(name => `${name}:${headerText(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    payload,
  ].join('\n');

/** The access key and the scope, checked against what this engine answers for. */
export const checkCredential = (
  credential: string,
  date: string,
  scope: Scope,
): Refused | { scope: string } => {
  const [accessKeyId = '', ...rest] = credential.split('/');
  if (!sameText(accessKeyId, scope.credentials.accessKeyId)) return 'InvalidAccessKeyId';
  const expected = `${date.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  return rest.join('/') === expected ? { scope: expected } : 'AuthorizationHeaderMalformed';
};

const matches = (request: SignedRequest, scope: Scope, signed: Signed): Refused | undefined => {
  const checked = checkCredential(signed.credential, signed.date, scope);
  if (typeof checked === 'string') return checked;
  if (!signed.headers.includes('host')) return 'AccessDenied';
  const canonical = canonicalRequest(request, signed.headers, signed.payload);
  const stringToSign = [algorithm, signed.date, checked.scope, sha256Hex(canonical)].join('\n');
  const expected = signWith(scope.credentials.secretAccessKey, checked.scope, stringToSign);
  return sameText(expected, signed.signature) ? undefined : 'SignatureDoesNotMatch';
};

interface Signed {
  readonly credential: string;
  readonly date: string;
  readonly headers: string[];
  readonly signature: string;
  readonly payload: string;
}

/** Every `x-amz-*` header that reached us must have been signed, else it could have been added on the way. */
const leavesOut = (request: SignedRequest, signedHeaders: string[]): boolean =>
  Object.keys(request.headers).some(name => name.startsWith('x-amz-') && !signedHeaders.includes(name));

const checkHeader = (request: SignedRequest, scope: Scope, authorization: string): Refused | undefined => {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!match) return 'AuthorizationHeaderMalformed';
  const [, credential = '', headers = '', signature = ''] = match;
  const date = headerText(request.headers['x-amz-date']);
  const at = parseAmzDate(date);
  const payload = headerText(request.headers['x-amz-content-sha256']);
  if (Number.isNaN(at) || payload === '') return 'AccessDenied';
  const signedHeaders = headers.split(';');
  if (leavesOut(request, signedHeaders)) return 'AccessDenied';
  return (
    matches(request, scope, { credential, date, headers: signedHeaders, signature, payload }) ??
    (Math.abs(scope.now - at) > skewMs ? 'RequestTimeTooSkewed' : undefined)
  );
};

const checkPresigned = (request: SignedRequest, scope: Scope): Refused | undefined => {
  const parameter = (name: string): string => request.query.get(`X-Amz-${name}`) ?? '';
  const at = parseAmzDate(parameter('Date'));
  const seconds = Number(parameter('Expires'));
  const whole =
    parameter('Algorithm') === algorithm && !Number.isNaN(at) && /^\d+$/.test(parameter('Expires'));
  if (!whole || seconds > longestExpirySeconds) return 'AuthorizationQueryParametersError';
  const headers = parameter('SignedHeaders').split(';');
  if (leavesOut(request, headers)) return 'AccessDenied';
  const refused = matches(request, scope, {
    credential: parameter('Credential'),
    date: parameter('Date'),
    headers,
    signature: parameter('Signature'),
    payload: request.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  });
  if (refused) return refused;
  return at - skewMs > scope.now || scope.now > at + seconds * 1000 ? 'ExpiredRequest' : undefined;
};

/** Undefined when the request is signed well (Authorization header or presigned URL) and in time; else why not. */
export const checkSignature = (request: SignedRequest, scope: Scope): Refused | undefined => {
  const authorization = headerText(request.headers.authorization);
  if (authorization !== '') return checkHeader(request, scope, authorization);
  return request.query.has('X-Amz-Signature') ? checkPresigned(request, scope) : 'AccessDenied';
};
