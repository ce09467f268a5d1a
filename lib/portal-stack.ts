import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Buckets } from './buckets.ts';
import { DepartmentClients } from './department-clients.ts';
import type { EdgeStack } from './edge-stack.ts';
import { AccessLog } from './features/access-log.ts';
import { Announcements } from './features/announcements.ts';
import { Attachments } from './features/attachments.ts';
import { Cases } from './features/cases.ts';
import { Catalogue } from './features/catalogue.ts';
import { Consents } from './features/consents.ts';
import { Courses } from './features/courses.ts';
import { Deliveries } from './features/deliveries.ts';
import { Department } from './features/department.ts';
import { Digests } from './features/digests.ts';
import { Drafts } from './features/drafts.ts';
import { Forms } from './features/forms.ts';
import { Gdpr } from './features/gdpr.ts';
import { Identity } from './features/identity.ts';
import { Mandates } from './features/mandates.ts';
import { MyData } from './features/my-data.ts';
import { NotFound } from './features/not-found.ts';
import { Profile } from './features/profile.ts';
import { Receipts } from './features/receipts.ts';
import { PortalApi } from './http-api.ts';
import { Keys } from './keys.ts';
import { Notifications } from './notifications.ts';
import { Publication } from './publication.ts';
import { Secrets } from './secrets.ts';
import { Site } from './site.ts';
import { SitePointers } from './site-pointers.ts';
import type { Stage } from './stage.ts';
import { Tables } from './tables.ts';

export interface PortalStackProps extends StackProps {
  readonly stage: Stage;
  readonly edge: EdgeStack | undefined;
}

/** The portal: what it keeps, what it does, where it is met, and who is told when it fails. */
export class PortalStack extends Stack {
  constructor(scope: Construct, id: string, { stage, edge, ...props }: PortalStackProps) {
    super(scope, id, props);

    const keys = new Keys(this, 'Keys', stage);
    const tables = new Tables(this, 'Tables', { stage, keys });
    const buckets = new Buckets(this, 'Buckets', { stage, keys });
    const secrets = new Secrets(this, 'Secrets', { stage });
    const clients = new DepartmentClients(this, 'DepartmentClients', { stage });
    const notifications = new Notifications(this, 'Notifications', { stage });
    const api = new PortalApi(this, 'Api', { keys });
    const pointers = new SitePointers(this, 'SitePointers');
    const ground = { stage, keys, tables, buckets, secrets, api };

    new Identity(this, 'Identity', ground);
    new Mandates(this, 'Mandates', ground);
    new Profile(this, 'Profile', { ...ground, notifications });
    new MyData(this, 'MyData', ground);
    new Gdpr(this, 'Gdpr', ground);
    new Drafts(this, 'Drafts', { ...ground, notifications });
    new Cases(this, 'Cases', ground);
    new AccessLog(this, 'AccessLog', ground);
    new Receipts(this, 'Receipts', ground);
    new Courses(this, 'Courses', ground);
    new Consents(this, 'Consents', ground);
    const deliveries = new Deliveries(this, 'Deliveries', ground);
    const attachments = new Attachments(this, 'Attachments', ground);
    new Department(this, 'Department', { ...ground, clients });
    new Forms(this, 'Forms', ground);
    new Announcements(this, 'Announcements', ground);
    new NotFound(this, 'NotFound', ground);
    const digests = new Digests(this, 'Digests', { ...ground, notifications });
    const catalogue = new Catalogue(this, 'Catalogue', { ...ground, pointers });

    new Site(this, 'Site', { ...ground, pointers, edge });
    new Publication(this, 'Publication', { buckets, publish: catalogue.publish });
    new Alarms(this, 'Alarms', {
      stage,
      keys,
      api,
      deliveries,
      attachments,
      schedule: digests.schedule,
      catalogue,
      deadLetters: { Digests: digests.queue.failed, Schedule: digests.schedule.failed },
    });
  }
}
