import { join } from 'node:path';
import { Duration, FileSystem, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import type { Buckets } from './buckets.ts';
import type { PortalFunction } from './portal-function.ts';

const dist = join(import.meta.dirname, '../dist');
const site = join(dist, 'site');
const assets = join(site, 'assets');
const content = join(dist, 'content');

/** Assets carry a hash of what they are in their names. */
const forEver = [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()];
/** Pages are asked for again each time; CloudFront itself asks once a minute. */
const aMinute = [
  CacheControl.setPublic(),
  CacheControl.maxAge(Duration.seconds(0)),
  CacheControl.sMaxAge(Duration.minutes(1)),
];

export interface PublicationProps {
  readonly buckets: Buckets;
  /** Renders the catalogue. */
  readonly publish: PortalFunction;
}

/** Puts what was built where it is served, then renders the catalogue with it. Nothing older is taken away: open pages still ask for it. */
export class Publication extends Construct {
  constructor(scope: Construct, id: string, { buckets, publish }: PublicationProps) {
    super(scope, id);
    const deployedAssets = this.deploy('Assets', buckets.site.bucket, assets, {
      prefix: 'assets',
      cacheControl: forEver,
    });
    const deployedPages = this.deploy('Pages', buckets.site.bucket, site, {
      exclude: ['assets'],
      cacheControl: aMinute,
    });
    const deployedContent = this.deploy('Content', buckets.content.bucket, content, {});
    // A page names its assets: they go first.
    deployedPages.node.addDependency(deployedAssets);

    // A trigger runs when its function changes; new services, forms or styles change the catalogue as well.
    publish.lambda.invalidateVersionBasedOn(FileSystem.fingerprint(content) + FileSystem.fingerprint(assets));
    new Trigger(this, 'Catalogue', {
      handler: publish.lambda,
      timeout: Duration.minutes(3),
      executeAfter: [deployedPages, deployedContent, publish],
    });
    this.acknowledge(buckets);
  }

  private deploy(
    id: string,
    destinationBucket: IBucket,
    folder: string,
    options: { prefix?: string; exclude?: string[]; cacheControl?: CacheControl[] },
  ): BucketDeployment {
    const { prefix, exclude, cacheControl } = options;
    return new BucketDeployment(this, id, {
      destinationBucket,
      sources: [Source.asset(folder, exclude && { exclude })],
      prune: false,
      memoryLimit: 512,
      ...(prefix && { destinationKeyPrefix: prefix }),
      ...(cacheControl && { cacheControl }),
    });
  }

  /** The CDK's own function copies from its bucket of assets to ours, and its permissions are the CDK's to write. */
  private acknowledge({ site, content }: Buckets): void {
    const stack = Stack.of(this);
    const copier = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'));
    if (!copier)
      throw new Error('the CDK names the function of its bucket deployments otherwise than it did');
    const reason =
      'The CDK writes the permissions of its own bucket deployment: to two buckets whose content is public.';
    const actions = ['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'];
    const sources = `arn:aws:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-${stack.region}/*`;
    const targets = [site, content].map(({ logicalId }) => `<${logicalId}.Arn>/*`);
    Validations.of(copier).acknowledge(
      ...actions.map(action => ({ id: `AwsSolutions-IAM5[Action::${action}]`, reason })),
      ...[sources, ...targets].map(resource => ({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason })),
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        reason: 'The CDK gives its own bucket deployment the managed policy; it lets it write its log.',
      },
      {
        id: 'AwsSolutions-L1',
        reason: 'The CDK chooses the Python its own bucket deployment was tested with.',
      },
    );
  }
}
