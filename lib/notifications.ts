import { Stack, Validations } from 'aws-cdk-lib';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  type EmailIdentityProps,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/configuration.ts';
import type { City } from '../lambdas/notifications/city.ts';
import type { PortalFunction } from './portal-function.ts';
import type { Stage } from './stage.ts';

/** What SES tells of an e-mail on the account's own bus. */
export const emailEvents: EventPattern = {
  source: ['aws.ses'],
  detailType: [
    'Email Delivered',
    'Email Delivery Delayed',
    'Email Bounced',
    'Email Rejected',
    'Email Rendering Failed',
  ],
};

/** E-mails, signed with DKIM, and text messages: whom they come from, and who may send them (R9). */
export class Notifications extends Construct {
  /** What a function that sends them has to know. */
  readonly environment: Pick<Settings, 'EMAIL_FROM' | 'SMS_SENDER_ID' | 'CITY' | 'PORTAL_URL'>;
  private readonly identity: EmailIdentity;
  private readonly configurationSet: ConfigurationSet;
  private readonly from: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const { name, helpline, smsSenderId } = stage.city;
    this.from = stage.emailFrom;
    this.environment = {
      EMAIL_FROM: stage.emailFrom,
      SMS_SENDER_ID: smsSenderId,
      CITY: JSON.stringify({ name, helpline } satisfies City),
      PORTAL_URL: stage.portalUrl,
    };
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      reputationMetrics: true,
    });
    this.configurationSet.addEventDestination('Events', {
      // SES speaks to no other bus than this one.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      events: [
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.DELIVERY_DELAY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    this.identity = new EmailIdentity(this, 'Identity', {
      ...this.sender(stage),
      configurationSet: this.configurationSet,
    });
  }

  grantSend(sender: PortalFunction): void {
    this.grantEmails(sender);
    this.grantTextMessages(sender);
  }

  private grantEmails(sender: PortalFunction): void {
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

  /** A text message has no resource to name: everything is allowed and every topic is denied. */
  private grantTextMessages(sender: PortalFunction): void {
    const topics = Stack.of(this).formatArn({ service: 'sns', region: '*', account: '*', resource: '*' });
    sender.allow(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
    sender.allow(new PolicyStatement({ effect: Effect.DENY, actions: ['sns:Publish'], resources: [topics] }));
    Validations.of(sender).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'SNS knows no resource for a phone number; publishing to topics is denied beside it.',
    });
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
