/** What is reached, and by which way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { synthesise } from '../app.ts';
import { portalFunctions } from './template.ts';

const stack = await synthesise('prod');

describe('what is reached', () => {
  test('what is the same for everybody is cached without cookies, and reports of openings never are', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    const policies = new Map(
      stack
        .ofType('AWS::CloudFront::CachePolicy')
        .map(({ id, Properties }) => [id, Properties.CachePolicyConfig]),
    );
    for (const path of ['api/bulletins', 'api/popular-services']) {
      const behaviour = distribution.CacheBehaviors.find(
        ({ PathPattern }: { PathPattern: string }) => PathPattern === path,
      );
      const { ParametersInCacheKeyAndForwardedToOrigin: key, ...times } = policies.get(
        behaviour.CachePolicyId.Ref,
      );
      assert.deepEqual([times.MinTTL, times.DefaultTTL], [0, 0], 'the answer says how long');
      assert.deepEqual(
        [
          key.CookiesConfig.CookieBehavior,
          key.HeadersConfig.HeaderBehavior,
          key.QueryStringsConfig.QueryStringBehavior,
        ],
        ['none', 'none', 'none'],
      );
      assert.equal(behaviour.OriginRequestPolicyId, undefined);
    }
  });

  test('pages come from the bucket, and what it lacks from the API in its own words', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    assert.deepEqual(distribution.OriginGroups.Items[0].FailoverCriteria.StatusCodes.Items, [403, 404]);
    const paths = distribution.CacheBehaviors.map(({ PathPattern }: { PathPattern: string }) => PathPattern);
    assert.deepEqual(paths, [
      'assets/*',
      'api/forms/*',
      'api/bulletins',
      '.well-known/*',
      'api/popular-services',
      'api/*',
      'gdpr-api/*',
    ]);
  });

  test("an error is answered as it was given, and one person's is never the next one's", () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    assert.deepEqual(
      distribution.CustomErrorResponses,
      // Those that CloudFront keeps and whose keeping can be set.
      [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map(ErrorCode => ({
        ErrorCode,
        ErrorCachingMinTTL: 0,
      })),
    );
  });

  test('the API is reached with the secret only, and no template says it', () => {
    const { DistributionConfig: distribution } =
      stack.ofType('AWS::CloudFront::Distribution')[0]?.Properties ?? {};
    const [api] = distribution.Origins.filter(
      (origin: { CustomOriginConfig?: unknown }) => origin.CustomOriginConfig,
    );
    assert.equal(api.OriginCustomHeaders[0].HeaderName, 'x-origin-secret');
    assert.match(JSON.stringify(api.OriginCustomHeaders[0].HeaderValue), /\{\{resolve:secretsmanager:/);
    for (const { Properties } of portalFunctions(stack))
      for (const name of ['ORIGIN_SECRET', 'IDENTITY_CLIENT_SECRET'])
        if (name in Properties.Environment.Variables)
          assert.match(JSON.stringify(Properties.Environment.Variables[name]), /\{\{resolve:secretsmanager:/);
  });

  test('answers of the API keep their own headers: only transport is said for them', () => {
    const policy = stack
      .ofType('AWS::CloudFront::ResponseHeadersPolicy')
      .find(({ id }) => id.startsWith('SiteHeadersApi'));
    assert.deepEqual(
      Object.keys(policy?.Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig).sort(),
      ['ContentTypeOptions', 'StrictTransportSecurity'],
    );
  });

  test('the edge stack has the certificate and a firewall that lets long forms through', () => {
    assert.equal(stack.ofEdgeType('AWS::CertificateManager::Certificate').length, 1);
    const [firewall] = stack.ofEdgeType('AWS::WAFv2::WebACL');
    assert.equal(firewall?.Properties.Scope, 'CLOUDFRONT');
    assert.match(JSON.stringify(firewall?.Properties.Rules), /"Count":\{\}\},"Name":"SizeRestrictions_BODY"/);
    const priorities = firewall?.Properties.Rules.map(({ Priority }: { Priority: number }) => Priority);
    assert.equal(new Set(priorities).size, priorities.length, 'rules need priorities of their own');
  });
});
