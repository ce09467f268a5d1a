/** CloudFront's response headers policies. */
import { type HttpResponse, header, withHeader, withoutHeaders } from '../http-message.ts';

/** A header to set: over the origin's own (`override`) or only where it has none. */
export interface HeaderRule {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

export interface ResponseHeadersPolicy {
  readonly set: readonly HeaderRule[];
  readonly remove: readonly string[];
}

interface SecurityHeaders {
  ContentSecurityPolicy?: { ContentSecurityPolicy: string; Override: boolean };
  ContentTypeOptions?: { Override: boolean };
  FrameOptions?: { FrameOption: string; Override: boolean };
  ReferrerPolicy?: { ReferrerPolicy: string; Override: boolean };
  StrictTransportSecurity?: {
    AccessControlMaxAgeSec: number;
    IncludeSubdomains?: boolean;
    Preload?: boolean;
    Override: boolean;
  };
  XSSProtection?: { Protection: boolean; ModeBlock?: boolean; Override: boolean };
}

export interface ResponseHeadersProperties {
  ResponseHeadersPolicyConfig: {
    SecurityHeadersConfig?: SecurityHeaders;
    CustomHeadersConfig?: { Items: { Header: string; Value: string; Override: boolean }[] };
    RemoveHeadersConfig?: { Items: { Header: string }[] };
  };
}

const rule = (name: string, value: string, override: boolean): HeaderRule => ({ name, value, override });

const transportSecurity = (given: NonNullable<SecurityHeaders['StrictTransportSecurity']>): string =>
  [
    `max-age=${given.AccessControlMaxAgeSec}`,
    ...(given.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(given.Preload ? ['preload'] : []),
  ].join('; ');

const securityRules = (given: SecurityHeaders): HeaderRule[] => {
  const rules: HeaderRule[] = [];
  const { ContentSecurityPolicy: csp, FrameOptions: frame, ReferrerPolicy: referrer } = given;
  if (csp) rules.push(rule('content-security-policy', csp.ContentSecurityPolicy, csp.Override));
  if (given.ContentTypeOptions)
    rules.push(rule('x-content-type-options', 'nosniff', given.ContentTypeOptions.Override));
  if (frame) rules.push(rule('x-frame-options', frame.FrameOption, frame.Override));
  if (referrer) rules.push(rule('referrer-policy', referrer.ReferrerPolicy, referrer.Override));
  const { StrictTransportSecurity: transport, XSSProtection: xss } = given;
  if (transport)
    rules.push(rule('strict-transport-security', transportSecurity(transport), transport.Override));
  if (xss)
    rules.push(
      rule(
        'x-xss-protection',
        xss.Protection ? `1${xss.ModeBlock ? '; mode=block' : ''}` : '0',
        xss.Override,
      ),
    );
  return rules;
};

export const readResponseHeaders = ({
  ResponseHeadersPolicyConfig: config,
}: ResponseHeadersProperties): ResponseHeadersPolicy => ({
  set: [
    ...securityRules(config.SecurityHeadersConfig ?? {}),
    ...(config.CustomHeadersConfig?.Items ?? []).map(item =>
      rule(item.Header.toLowerCase(), item.Value, item.Override),
    ),
  ],
  remove: (config.RemoveHeadersConfig?.Items ?? []).map(item => item.Header.toLowerCase()),
});

/** Headers the policy removes, then those it sets: over the origin's where it says so, else only where there is none. */
export const withResponseHeaders = (
  response: HttpResponse,
  policy: ResponseHeadersPolicy | undefined,
): HttpResponse => {
  if (!policy) return response;
  let headers = withoutHeaders(response.headers, ...policy.remove);
  for (const { name, value, override } of policy.set)
    if (override || header(headers, name) === undefined) headers = withHeader(headers, name, value);
  return { ...response, headers };
};
