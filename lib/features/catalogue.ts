import { Duration, TimeZone } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Environment as PublishEnvironment } from '../../lambdas/catalogue/publish.lambda.ts';
import type { PublishRequest } from '../../lambdas/catalogue/publish.ts';
import { outcomes } from '../../lambdas/catalogue/report.ts';
import type { Environment as ServicesEnvironment } from '../../lambdas/services/services.lambda.ts';
import { ApiFunction } from '../api-function.ts';
import type { Ground } from '../ground.ts';
import { PortalFunction } from '../portal-function.ts';
import type { SitePointers } from '../site-pointers.ts';
import { WatchedRun } from '../watched-run.ts';

/** The services a citizen can find (R2). */
export class Catalogue extends Construct {
  /** Renders the catalogue anew and puts it in the place of the old one. */
  readonly publish: PortalFunction;
  /** Registers taken into use, and registers refused: the last good catalogue stays then. */
  readonly registers: { readonly taken: Metric; readonly refused: Metric };
  /** Absent where the stage does not know the register's address. */
  readonly schedule: WatchedRun | undefined;

  constructor(scope: Construct, id: string, ground: Ground & { readonly pointers: SitePointers }) {
    super(scope, id);
    const { stage, keys, buckets, pointers } = ground;

    const services = new ApiFunction<ServicesEnvironment>(this, 'Services', ground, {
      bundle: 'services-services',
      routes: ['GET /api/services', 'GET /api/services/{id}'],
      environment: { CONTENT_BUCKET: buckets.content.name },
    });
    buckets.content.grantGet(services, 'catalogue/*');
    buckets.content.grantList(services);

    this.publish = new PortalFunction<PublishEnvironment>(this, 'Publish', {
      bundle: 'catalogue-publish',
      environment: {
        CONTENT_BUCKET: buckets.content.name,
        SITE_BUCKET: buckets.site.name,
        SITE_POINTERS: pointers.store.keyValueStoreArn,
        PORTAL_URL: stage.portalUrl,
      },
      keys,
      timeoutSeconds: 120,
      memoryMegabytes: 1769,
      // One at a time: two could switch the pointer in the wrong order.
      concurrency: 1,
    });
    buckets.content.grantGet(
      this.publish,
      'services.json',
      'services/published/*',
      'forms/*',
      'catalogue/register.json',
      'imports/*',
    );
    buckets.content.grantList(this.publish);
    buckets.content.grantPut(this.publish, 'catalogue/*');
    buckets.site.grantGet(this.publish, 'assets/*');
    buckets.site.grantList(this.publish);
    buckets.site.grantPut(this.publish, 'catalogue/*');
    // Versions begin with their year: what else is under `catalogue/` cannot be taken away.
    buckets.content.grantDelete(this.publish, 'catalogue/2*');
    buckets.site.grantDelete(this.publish, 'catalogue/2*', 'catalogue/search/*');
    this.publish.allow(
      new PolicyStatement({
        actions: ['DescribeKeyValueStore', 'PutKey'].map(act => `cloudfront-keyvaluestore:${act}`),
        resources: [pointers.store.keyValueStoreArn],
      }),
    );
    this.registers = {
      taken: this.publish.countLines(outcomes.taken),
      refused: this.publish.countLines(outcomes.refused),
    };
    this.schedule =
      stage.registerUrl === undefined ? undefined : this.daily(stage.registerUrl, stage.city.timeZone);
  }

  /** Takes the city's register in before the day's visitors come; one that is refused is in the publisher's log. */
  private daily(url: string, timeZone: string): WatchedRun {
    return new WatchedRun(this, 'RegisterSchedule', {
      schedule: ScheduleExpression.cron({ minute: '30', hour: '4', timeZone: TimeZone.of(timeZone) }),
      target: this.publish,
      input: ScheduleTargetInput.fromObject({ url } satisfies PublishRequest),
      // Tomorrow's run does what today's could not.
      maxEventAge: Duration.hours(2),
      retryAttempts: 5,
    });
  }
}
