import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import { PortalBucket } from './portal-bucket.ts';
import { accessLogRetention } from './retention.ts';
import type { Stage } from './stage.ts';

export class Buckets extends Construct {
  /** The static site and the published catalogue, as CloudFront serves them. */
  readonly site: PortalBucket;
  /** Published forms, the register in use, imports waiting. */
  readonly content: PortalBucket;
  /** Attachments: under `quarantine/` until they have been checked, then under `clean/`. */
  readonly uploads: PortalBucket;
  /** Origin that browsers send attachments to. */
  readonly uploadsOrigin: string;

  constructor(scope: Construct, id: string, { stage, keys }: { stage: Stage; keys: Keys }) {
    super(scope, id);
    const log = this.log();
    this.site = new PortalBucket(this, 'Site', { log, lasting: false });
    // A published version of a form is never changed, but the pointer to the newest and the register in use are.
    this.content = new PortalBucket(this, 'Content', { log, lasting: true, versioned: true });
    this.uploads = new PortalBucket(this, 'Uploads', {
      log,
      lasting: stage.lasting,
      key: keys.data,
      versioned: true,
      announced: true,
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [stage.portalUrl],
          allowedHeaders: ['content-type'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
    });
    this.uploadsOrigin = stage.uploadsOrigin ?? `https://${this.uploads.bucket.bucketRegionalDomainName}`;
  }

  /** Who fetched what from the buckets themselves; does not log itself. */
  private log(): IBucket {
    // The class and its interface differ in how they write an absent property.
    return new Bucket(this, 'Log', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: accessLogRetention }],
    }) as IBucket;
  }
}
