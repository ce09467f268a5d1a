import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import type { Stage } from './stage.ts';

/** Four keys, so that no role can do with one what another is for. All outlive the stack: what they sealed is lost without them. */
export class Keys extends Construct {
  /** Encrypts storage at rest: tables, uploads, logs, alarms. Used by AWS services on a role's behalf only. */
  readonly data: Key;
  /** Wraps the data keys of sealed content: answers, messages, contact details, identity codes. */
  readonly sealing: Key;
  /** Turns an identity code or business ID into a look-up key. Never rotated: the look-up keys would change. */
  readonly identity: Key;
  /**
   * Signs receipts (ES256). A new generation is a new key; the public half of every key that ever signed stays
   * published, so what an older one signed can be checked for ever.
   */
  readonly receipts: Key;

  constructor(
    scope: Construct,
    id: string,
    { receiptKeyGeneration = 1 }: Pick<Stage, 'receiptKeyGeneration'> = {},
  ) {
    super(scope, id);
    const removalPolicy = RemovalPolicy.RETAIN;
    this.data = new Key(this, 'Data', {
      description: 'Storage at rest',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.sealing = new Key(this, 'Sealing', {
      description: 'Sealed content',
      enableKeyRotation: true,
      removalPolicy,
    });
    this.identity = new Key(this, 'Identity', {
      description: 'Look-up keys of identities',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy,
    });
    this.receipts = new Key(this, `Receipts${receiptKeyGeneration}`, {
      description: 'Signatures of receipts',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy,
    });
    this.data.addToResourcePolicy(this.forLogs());
  }

  grantSeal(sealer: PortalFunction): void {
    sealer.allow(
      new PolicyStatement({
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [this.sealing.keyArn],
      }),
    );
  }

  /** To read what others sealed. */
  grantOpen(reader: PortalFunction): void {
    reader.allow(new PolicyStatement({ actions: ['kms:Decrypt'], resources: [this.sealing.keyArn] }));
  }

  grantSignReceipts(signer: PortalFunction): void {
    signer.allow(
      new PolicyStatement({
        actions: ['kms:Sign', 'kms:GetPublicKey'],
        resources: [this.receipts.keyArn],
      }),
    );
  }

  grantReadReceiptKey(reader: PortalFunction): void {
    reader.allow(new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.receipts.keyArn] }));
  }

  grantIdentify(identifier: PortalFunction): void {
    identifier.allow(
      new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [this.identity.keyArn] }),
    );
  }

  /** CloudWatch Logs encrypts with its own principal; only for this stack's log groups. */
  private forLogs(): PolicyStatement {
    const stack = Stack.of(this);
    const logGroups = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `/${stack.stackName}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    });
  }
}
