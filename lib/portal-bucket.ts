import { type CfnElement, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type CorsRule,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import { backupRetention } from './retention.ts';

export interface PortalBucketProps {
  /** Where it is told who asked for what. */
  readonly log: IBucket;
  /** Its objects cannot be made again by a deployment. */
  readonly lasting: boolean;
  /** For what citizens hand over; the rest is public anyway and S3's own key is enough. */
  readonly key?: Key;
  /** What is overwritten or deleted can be fetched again for a while. */
  readonly versioned?: boolean;
  readonly cors?: CorsRule[];
  /** Tells EventBridge of every object that comes and goes. */
  readonly announced?: boolean;
}

/** A private bucket, and the only place that grants access to it: by prefix and by what is done there. */
export class PortalBucket extends Construct {
  readonly name: string;
  readonly bucket: IBucket;
  private readonly key: Key | undefined;

  constructor(scope: Construct, id: string, props: PortalBucketProps) {
    super(scope, id);
    this.key = props.key;
    // The class and its interface differ in how they write an absent property.
    this.bucket = new Bucket(this, 'Bucket', {
      ...(props.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: props.versioned ?? false,
      serverAccessLogsBucket: props.log,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      removalPolicy: props.lasting ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          ...(props.versioned && { noncurrentVersionExpiration: backupRetention }),
        },
      ],
      ...(props.cors && { cors: props.cors }),
    }) as IBucket;
    // Written as it is: the construct's own way would add a function to set what the template can say.
    if (props.announced)
      (this.bucket.node.defaultChild as CfnBucket).addPropertyOverride(
        'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
        true,
      );
    this.name = this.bucket.bucketName;
  }

  /** Its name in the template, by which acknowledgements call it. */
  get logicalId(): string {
    return Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnElement);
  }

  grantGet(reader: PortalFunction, ...patterns: string[]): void {
    this.grant(reader, ['s3:GetObject'], patterns);
  }

  grantPut(writer: PortalFunction, ...patterns: string[]): void {
    this.grant(writer, ['s3:PutObject'], patterns);
  }

  grantDelete(writer: PortalFunction, ...patterns: string[]): void {
    this.grant(writer, ['s3:DeleteObject'], patterns);
  }

  /** For good: a version that was deleted so cannot be fetched again. */
  grantPurge(writer: PortalFunction, ...patterns: string[]): void {
    this.grant(writer, ['s3:DeleteObjectVersion'], patterns);
  }

  /** Without it S3 answers 403 for a missing object too. Only for buckets whose content is public: it cannot be held to a prefix. */
  grantList(reader: PortalFunction): void {
    reader.allow(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
  }

  private grant(user: PortalFunction, actions: string[], patterns: string[]): void {
    const { bucketArn } = this.bucket;
    user.allow(
      new PolicyStatement({ actions, resources: patterns.map(pattern => `${bucketArn}/${pattern}`) }),
    );
    this.acknowledge(user, patterns);
    if (this.key) user.allow(this.forKey(this.key));
  }

  private acknowledge(user: PortalFunction, patterns: string[]): void {
    for (const pattern of patterns.filter(each => each.includes('*')))
      Validations.of(user).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${this.logicalId}.Arn>/${pattern}]`,
        reason: 'Objects are made at run time: the role is held to one prefix and one kind of act.',
      });
  }

  private forKey(key: Key): PolicyStatement {
    return new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } },
    });
  }
}
