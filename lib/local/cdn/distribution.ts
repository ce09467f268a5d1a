/** A CloudFront distribution of the template as plain values: origins, behaviours and the policies they name. */
import type { Resolver } from '../resolve.ts';
import type { Resource, Template } from '../template.ts';
import {
  type CachePolicy,
  managedCachePolicies,
  managedRequestPolicies,
  type RequestPolicy,
  type Selection,
} from './policies.ts';
import {
  type ResponseHeadersPolicy,
  type ResponseHeadersProperties,
  readResponseHeaders,
} from './response-headers.ts';

export interface Origin {
  readonly id: string;
  readonly host: string;
  readonly path: string;
  /** What CloudFront adds to each request, whatever the viewer has sent under that name. */
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  /** Name of the bucket it is, or undefined for an HTTP origin. */
  readonly bucket?: string;
}

export interface OriginGroup {
  readonly id: string;
  readonly members: readonly string[];
  readonly failoverStatuses: readonly number[];
}

export interface Behaviour {
  /** `*` and `?` as in CloudFront; `*` alone is the default behaviour. */
  readonly pattern: string;
  /** Id of an origin or of an origin group. */
  readonly target: string;
  readonly methods: readonly string[];
  readonly compress: boolean;
  readonly cachePolicy: CachePolicy;
  readonly requestPolicy?: RequestPolicy;
  readonly responseHeaders?: ResponseHeadersPolicy;
  /** Logical id of the function that sees the request first. */
  readonly viewerRequest?: string;
}

export interface Distribution {
  readonly origins: readonly Origin[];
  readonly groups: readonly OriginGroup[];
  /** In the order CloudFront tries them; the default one is last. */
  readonly behaviours: readonly Behaviour[];
}

interface BehaviourProperties {
  PathPattern?: string;
  TargetOriginId: string;
  AllowedMethods?: string[];
  Compress?: boolean;
  CachePolicyId?: string;
  OriginRequestPolicyId?: string;
  ResponseHeadersPolicyId?: string;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
}

interface DistributionProperties {
  DistributionConfig: {
    Origins: {
      Id: string;
      DomainName: string;
      OriginPath?: string;
      S3OriginConfig?: unknown;
      OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
    }[];
    OriginGroups?: {
      Items?: {
        Id: string;
        FailoverCriteria: { StatusCodes: { Items: number[] } };
        Members: { Items: { OriginId: string }[] };
      }[];
    };
    DefaultCacheBehavior: BehaviourProperties;
    CacheBehaviors?: BehaviourProperties[];
  };
}

type OriginProperties = DistributionProperties['DistributionConfig']['Origins'][number];

const readOrigin = (origin: OriginProperties): Origin => ({
  id: origin.Id,
  host: origin.DomainName,
  path: origin.OriginPath ?? '',
  customHeaders: (origin.OriginCustomHeaders ?? []).map(
    ({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue] as const,
  ),
  ...(origin.S3OriginConfig !== undefined && {
    bucket: origin.DomainName.split('.s3.')[0] ?? origin.DomainName,
  }),
});

interface ListConfig {
  readonly behaviour: string;
  readonly names: readonly string[];
}

const selection = ({ behaviour, names }: ListConfig): Selection => {
  const lower = names.map(name => name.toLowerCase());
  if (behaviour === 'whitelist') return { only: lower };
  if (behaviour === 'allExcept') return { except: lower };
  return behaviour === 'none' ? { only: [] } : { except: [] };
};

interface PolicyConfig {
  HeadersConfig: { HeaderBehavior: string; Headers?: string[] };
  CookiesConfig: { CookieBehavior: string; Cookies?: string[] };
  QueryStringsConfig: { QueryStringBehavior: string; QueryStrings?: string[] };
}

const forwarding = (config: PolicyConfig): RequestPolicy => ({
  headers: selection({
    behaviour: config.HeadersConfig.HeaderBehavior,
    names: config.HeadersConfig.Headers ?? [],
  }),
  cookies: selection({
    behaviour: config.CookiesConfig.CookieBehavior,
    names: config.CookiesConfig.Cookies ?? [],
  }),
  queries: selection({
    behaviour: config.QueryStringsConfig.QueryStringBehavior,
    names: config.QueryStringsConfig.QueryStrings ?? [],
  }),
});

interface CachePolicyProperties {
  CachePolicyConfig: {
    MaxTTL: number;
    ParametersInCacheKeyAndForwardedToOrigin: PolicyConfig & {
      EnableAcceptEncodingGzip: boolean;
      EnableAcceptEncodingBrotli?: boolean;
    };
  };
}

const viewerRequest = ({ FunctionAssociations = [] }: BehaviourProperties): { viewerRequest?: string } => {
  const other = FunctionAssociations.find(({ EventType }) => EventType !== 'viewer-request');
  if (other) throw new Error(`the local run does not play functions on ${other.EventType}`);
  const id = FunctionAssociations[0]?.FunctionARN.split('/').at(-1);
  return id === undefined ? {} : { viewerRequest: id };
};

export const readDistribution = (
  resource: Resource,
  template: Template,
  resolver: Resolver,
): Distribution => {
  const { DistributionConfig: config } = resolver.properties<DistributionProperties>(resource);

  /** The resource a policy id stands for; undefined for one of CloudFront's own. */
  const policy = <T>(type: string, id: string): T | undefined => {
    const found = template.ofType(`AWS::CloudFront::${type}`).find(each => each.id === id);
    return found && resolver.properties<T>(found);
  };

  const cachePolicy = (id: string): CachePolicy => {
    const own = policy<CachePolicyProperties>('CachePolicy', id)?.CachePolicyConfig;
    const managed = managedCachePolicies[id];
    if (managed) return managed;
    if (!own) throw new Error(`cache policy ${id} is not known here`);
    const key = own.ParametersInCacheKeyAndForwardedToOrigin;
    // Where nothing may be cached, CloudFront ignores what the policy says of compression.
    const caches = own.MaxTTL > 0;
    return {
      ...forwarding(key),
      gzip: caches && key.EnableAcceptEncodingGzip,
      brotli: caches && key.EnableAcceptEncodingBrotli === true,
    };
  };

  const requestPolicy = (id: string): RequestPolicy => {
    const own = policy<{ OriginRequestPolicyConfig: PolicyConfig }>('OriginRequestPolicy', id);
    const known = own ? forwarding(own.OriginRequestPolicyConfig) : managedRequestPolicies[id];
    if (!known) throw new Error(`origin request policy ${id} is not known here`);
    return known;
  };

  const responseHeaders = (id: string): ResponseHeadersPolicy => {
    const own = policy<ResponseHeadersProperties>('ResponseHeadersPolicy', id);
    if (!own) throw new Error(`response headers policy ${id} is not known here`);
    return readResponseHeaders(own);
  };

  const behaviour = (given: BehaviourProperties): Behaviour => ({
    pattern: given.PathPattern ?? '*',
    target: given.TargetOriginId,
    methods: given.AllowedMethods ?? ['GET', 'HEAD'],
    compress: given.Compress === true,
    cachePolicy: cachePolicy(given.CachePolicyId ?? ''),
    ...(given.OriginRequestPolicyId && { requestPolicy: requestPolicy(given.OriginRequestPolicyId) }),
    ...(given.ResponseHeadersPolicyId && { responseHeaders: responseHeaders(given.ResponseHeadersPolicyId) }),
    ...viewerRequest(given),
  });

  return {
    origins: config.Origins.map(readOrigin),
    groups: (config.OriginGroups?.Items ?? []).map(group => ({
      id: group.Id,
      members: group.Members.Items.map(member => member.OriginId),
      failoverStatuses: group.FailoverCriteria.StatusCodes.Items,
    })),
    behaviours: [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map(behaviour),
  };
};
