/** A request and a response as CloudFront and API Gateway hand them to each other here, without sockets. */

export interface HttpRequest {
  readonly method: string;
  /** As it came: percent-encoded, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names; several values of one name are several entries. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly viewerAddress: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

type Headers = HttpRequest['headers'];

export const header = (headers: Headers, name: string): string | undefined =>
  headers.find(([each]) => each === name)?.[1];

export const withoutHeaders = (headers: Headers, ...names: string[]): Headers =>
  headers.filter(([name]) => !names.includes(name));

export const withHeader = (headers: Headers, name: string, value: string): Headers => [
  ...withoutHeaders(headers, name),
  [name, value],
];

export const jsonResponse = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: [['content-type', 'application/json']],
  body: Buffer.from(JSON.stringify(body)),
});
