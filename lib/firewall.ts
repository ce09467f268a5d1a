import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Requests from one address in five minutes; an office or a library is one address for many people. */
const requestsPerAddress = 5_000;

/** Of openings of services, which anybody may report: nobody goes to services faster than a library full of people. */
const openingsPerAddress = 100;

/** Rules that read bodies as if they were pages. Ours are JSON with people's own words, read strictly and up to their own limit. */
const bodyRules = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'GenericRFI_BODY'];

const managedGroups: readonly { readonly name: string; readonly counted: readonly string[] }[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: [] },
  { name: 'AWSManagedRulesCommonRuleSet', counted: bodyRules },
];

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would keep addresses and cookies of citizens.
  sampledRequestsEnabled: false,
});

/** AWS WAF in front of the portal. */
export class Firewall extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.arn = new CfnWebACL(this, 'WebAcl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Portal'),
      rules: [rateLimit, openingsLimit, ...managedGroups.map(managedRule)],
    }).attrArn;
  }
}

/** 429, as the contract lets only the limits answer otherwise than with a problem. */
const rateLimit: CfnWebACL.RuleProperty = {
  name: 'RateLimit',
  priority: 0,
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress } },
  action: { block: { customResponse: { responseCode: 429 } } },
  visibilityConfig: visibility('RateLimit'),
};

/** The firewall forgets addresses after minutes and tells nobody of them; the counts themselves know none (R1.7). */
const openingsLimit: CfnWebACL.RuleProperty = {
  name: 'OpeningsLimit',
  priority: 1,
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit: openingsPerAddress,
      scopeDownStatement: {
        byteMatchStatement: {
          fieldToMatch: { uriPath: {} },
          positionalConstraint: 'ENDS_WITH',
          searchString: '/openings',
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
    },
  },
  action: { block: { customResponse: { responseCode: 429 } } },
  visibilityConfig: visibility('OpeningsLimit'),
};

const managedRule = (
  { name, counted }: (typeof managedGroups)[number],
  index: number,
): CfnWebACL.RuleProperty => ({
  name,
  priority: index + 2,
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map(rule => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  overrideAction: { none: {} },
  visibilityConfig: visibility(name),
});
