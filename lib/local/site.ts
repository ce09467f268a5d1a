/** The one distribution of the template, put together with the origins it has here. */
import { type Cdn, createCdn } from './cdn/cdn.ts';
import { readDistribution } from './cdn/distribution.ts';
import { createFetch, type Objects } from './cdn/origins.ts';
import { loadViewerFunction, type PointerStore } from './cdn/viewer-function.ts';
import type { Gateway } from './gateway.ts';
import type { Resolver } from './resolve.ts';
import type { Template } from './template.ts';

export interface SiteParts {
  readonly template: Template;
  readonly resolver: Resolver;
  readonly buckets: (name: string) => Objects;
  readonly gateway: Gateway;
  readonly pointers: PointerStore;
  /** Buckets CloudFront may list. */
  readonly listed: ReadonlySet<string>;
}

export const openSite = ({ template, resolver, buckets, gateway, pointers, listed }: SiteParts): Cdn => {
  const distribution = template.ofType('AWS::CloudFront::Distribution')[0];
  if (!distribution) throw new Error('the template has no CloudFront distribution');
  const functions = template.ofType('AWS::CloudFront::Function').map(resource => {
    const { FunctionCode } = resolver.properties<{ FunctionCode: string }>(resource);
    return [resource.id, loadViewerFunction(FunctionCode, pointers)] as const;
  });
  return createCdn({
    distribution: readDistribution(distribution, template, resolver),
    functions: new Map(functions),
    fetch: createFetch({ buckets, gateway, mayList: bucket => listed.has(bucket) }),
  });
};
