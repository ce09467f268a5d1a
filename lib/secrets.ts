import { CfnOutput, SecretValue, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/** Values nobody writes down: they reach a function or CloudFront at deployment, by reference. */
export class Secrets extends Construct {
  /** What CloudFront says to the API, to show that a request did not come round it. */
  readonly origin: string;
  /** The portal's own secret at the identification provider; random until the provider's is put in its place. */
  readonly identityClient: string;
  /** What the calls to the register of mandates are signed with, and what its codes are redeemed with. */
  readonly mandates: string;
  readonly mandatesApiKey: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.origin = this.reference(this.secret('Origin', 'CloudFront to API'));
    const identityClient = this.secret('IdentityClient', 'Client secret at the identification provider');
    this.identityClient = this.reference(identityClient, stage.identity.secretVersion);
    new CfnOutput(this, 'IdentityClientSecret', { value: identityClient.secretArn });
    const mandates = this.secret('Mandates', 'Signs calls to the register of mandates');
    this.mandates = this.reference(mandates, stage.mandates.secretVersion);
    new CfnOutput(this, 'MandatesSecret', { value: mandates.secretArn });
    const mandatesApiKey = this.secret('MandatesApiKey', 'Redeems codes of the register of mandates');
    this.mandatesApiKey = this.reference(mandatesApiKey, stage.mandates.apiKeyVersion);
    new CfnOutput(this, 'MandatesApiKeySecret', { value: mandatesApiKey.secretArn });
  }

  private secret(id: string, description: string): Secret {
    const secret = new Secret(this, id, {
      description,
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Both ends read the value at deployment: it is renewed by putting a new one and deploying, not by a timer.',
    });
    return secret;
  }

  /** CloudFormation puts the value in; the template and whoever reads it see the reference only. */
  private reference(secret: Secret, versionId?: string): string {
    const value = versionId
      ? SecretValue.secretsManager(secret.secretArn, { versionId })
      : secret.secretValue;
    return value.unsafeUnwrap();
  }
}
