import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { $ZodIssue } from 'zod/v4/core';
import { type FieldError, Refusal, refuse } from '../domain/refusal.ts';

/** Bytes; a form's answers fit many times over, and API Gateway stops at 10 MB only. */
export const defaultBodyLimitBytes = 512 * 1024;

/** The body's text. Refuses `too-large` by its length in bytes, before anything looks into it. */
export const readText = ({ body, isBase64Encoded }: APIGatewayProxyEventV2, limitBytes: number): string => {
  if (body === undefined) return '';
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > limitBytes) refuse({ kind: 'too-large', limitBytes });
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
};

/** The parser's own error quotes the text it could not read, so nothing of it is passed on. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal({ kind: 'malformed-json' });
  }
};

const isJson = (contentType = ''): boolean => /^application\/json\s*(;|$)/i.test(contentType.trim());

/**
 * The JSON body, undefined when empty. A body, or a POST or PUT at all, must say `application/json`:
 * no HTML form of another site can say that, so it is half of the defence against cross-site requests.
 */
export const readJson = (text: string, method: string, contentType: string | undefined): unknown => {
  const demanded = text !== '' || method === 'POST' || method === 'PUT' || method === 'PATCH';
  if (demanded && !isJson(contentType)) refuse({ kind: 'unsupported-media-type' });
  return text === '' ? undefined : parseJson(text);
};

const pointer = (path: readonly PropertyKey[]): string =>
  path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const fieldError = ({ path, code }: $ZodIssue): FieldError => ({ pointer: pointer(path), code });

/** The body as the schema has it. Refuses `invalid-request` with RFC 6901 pointers and codes, never values. */
export const parse = <Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body);
  return result.success
    ? result.data
    : refuse({ kind: 'invalid-request', errors: result.error.issues.map(fieldError) });
};
