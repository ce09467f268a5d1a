import type { IncomingMessage, ServerResponse } from 'node:http';

/** One rule of a bucket's CORS configuration, as the template has it. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

const like = (pattern: string, value: string): boolean => {
  const [head = '', tail] = pattern.toLowerCase().split('*');
  const text = value.toLowerCase();
  return tail === undefined ? text === head : text.startsWith(head) && text.endsWith(tail);
};

const ruleFor = (rules: readonly CorsRule[], origin: string, method: string, wanted: string[]) =>
  rules.find(
    rule =>
      rule.allowedOrigins.some(pattern => like(pattern, origin)) &&
      rule.allowedMethods.includes(method) &&
      wanted.every(header => rule.allowedHeaders?.some(pattern => like(pattern, header))),
  );

const permit = (response: ServerResponse, rule: CorsRule, origin: string): void => {
  response.setHeader('access-control-allow-origin', rule.allowedOrigins.includes('*') ? '*' : origin);
  response.setHeader('vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
};

/** Adds the headers a page of another origin needs to read the answer; without a rule the browser keeps it away. */
export const allowOrigin = (
  request: IncomingMessage,
  response: ServerResponse,
  rules: readonly CorsRule[],
): void => {
  const { origin } = request.headers;
  const rule = origin && ruleFor(rules, origin, request.method ?? '', []);
  if (!rule) return;
  permit(response, rule, origin);
  if (rule.exposedHeaders)
    response.setHeader('access-control-expose-headers', rule.exposedHeaders.join(', '));
};

/** Answers a preflight (OPTIONS): 200 where a rule allows it, 403 otherwise. */
export const answerPreflight = (
  request: IncomingMessage,
  response: ServerResponse,
  rules: readonly CorsRule[],
): void => {
  const { origin = '', 'access-control-request-method': method = '' } = request.headers;
  const wanted = String(request.headers['access-control-request-headers'] ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  const rule = ruleFor(rules, origin, method, wanted);
  if (!rule) {
    response.writeHead(403).end();
    return;
  }
  permit(response, rule, origin);
  response.setHeader('access-control-allow-methods', rule.allowedMethods.join(', '));
  if (wanted.length > 0) response.setHeader('access-control-allow-headers', wanted.join(', '));
  if (rule.maxAgeSeconds) response.setHeader('access-control-max-age', String(rule.maxAgeSeconds));
  response.writeHead(200).end();
};
