import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { Firewall } from './firewall.ts';
import type { Stage } from './stage.ts';

export interface EdgeStackProps extends StackProps {
  readonly domain: NonNullable<Stage['domain']>;
}

/** What CloudFront takes from us-east-1 only: the certificate and the firewall. */
export class EdgeStack extends Stack {
  readonly certificate: Certificate;
  readonly firewallArn: string;

  constructor(scope: Construct, id: string, { domain, ...props }: EdgeStackProps) {
    super(scope, id, props);
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: domain.hostedZone.id,
      zoneName: domain.hostedZone.name,
    });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: domain.name,
      validation: CertificateValidation.fromDns(zone),
    });
    this.firewallArn = new Firewall(this, 'Firewall').arn;
  }
}
