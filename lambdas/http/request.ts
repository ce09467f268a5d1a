import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { EpochMs } from '../domain/case.ts';
import type { Session } from '../domain/session.ts';
import { readCookies } from './cookies.ts';

type Values = Readonly<Record<string, string | undefined>>;

/** A request as every handler sees it; `/api` is not authenticated yet or does not need to be. */
export interface PublicRequest {
  readonly method: string;
  /** `GET /api/drafts/{id}`, or `$default`. */
  readonly routeKey: string;
  readonly path: string;
  /** Of the path: `{id}`. */
  readonly parameters: Values;
  readonly query: Values;
  /** As it came, without the question mark. */
  readonly rawQuery: string;
  /** Lower-case names. */
  readonly headers: Values;
  readonly cookies: Values;
  /** Parsed JSON (text for routes `fromElsewhere`); undefined where none was sent. Still to be checked: `parse`. */
  readonly body: unknown;
  readonly now: EpochMs;
  readonly requestId: string;
}

/** A request of somebody who is signed in. */
export interface CitizenRequest extends PublicRequest {
  readonly session: Session;
}

/** The event without its body, which `http/body.ts` reads. */
export const readRequest = (event: APIGatewayProxyEventV2, now: EpochMs): PublicRequest => ({
  method: event.requestContext.http.method,
  routeKey: event.routeKey,
  path: event.rawPath,
  parameters: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  rawQuery: event.rawQueryString ?? '',
  headers: event.headers ?? {},
  cookies: readCookies(event.cookies),
  body: undefined,
  now,
  requestId: event.requestContext.requestId,
});
