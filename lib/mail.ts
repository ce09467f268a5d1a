import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  type EmailIdentityProps,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import type { Stage } from './stage.ts';

/** The address notifications come from, signed with DKIM; its configuration set applies to whatever it sends. */
export class Mail extends Construct {
  private readonly identity: EmailIdentity;
  private readonly configurationSet: ConfigurationSet;
  private readonly from: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.from = stage.emailFrom;
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      ...this.sender(stage),
      configurationSet: this.configurationSet,
    });
  }

  grantSend(sender: PortalFunction): void {
    const { configurationSetName: set } = this.configurationSet;
    sender.allow(
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [
          this.identity.emailIdentityArn,
          Stack.of(this).formatArn({ service: 'ses', resource: 'configuration-set', resourceName: set }),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.from } },
      }),
    );
  }

  /** Where the sender's domain is the portal's own zone, its DKIM, SPF and DMARC records are written into it; elsewhere by hand. */
  private sender({ domain, emailFrom }: Stage): EmailIdentityProps {
    const name = emailFrom.slice(emailFrom.indexOf('@') + 1);
    if (domain?.hostedZone.name !== name) return { identity: Identity.domain(name) };
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: domain.hostedZone.id,
      zoneName: name,
    });
    new TxtRecord(this, 'Dmarc', { zone, recordName: '_dmarc', values: ['v=DMARC1; p=reject; adkim=s'] });
    return { identity: Identity.publicHostedZone(zone), mailFromDomain: `mail.${name}` };
  }
}
