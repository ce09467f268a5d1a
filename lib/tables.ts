import { Validations } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import type { Stage } from './stage.ts';
import { PortalTable } from './table.ts';

/** Name of the index, as storage asks for it. */
export const byService = 'ByService';
/** A folder's cases in which something has happened since they were sent, by when last. */
export const byEvent = 'ByEvent';
/** A folder's cases in which something is asked of its people, by the day it is needed. */
export const byWait = 'ByWait';
/** Drafts by the day on which they go. */
export const byExpiry = 'ByExpiry';
/** Files that somebody must look after, by the time from which on. */
export const byDue = 'ByDue';
/** Readings of one case, by time. */
export const byCase = 'ByCase';

export class Tables extends Construct {
  /** Who has a folder, and how to reach them. */
  readonly profiles: PortalTable;
  /** Cases and their events; places of courses; consents given. */
  readonly cases: PortalTable;
  /** Forms that are never stored, until their department has them (R6.7). */
  readonly deliveries: PortalTable;
  /** Where each file is on its way to the department; rows go with their files, never before. */
  readonly attachments: PortalTable;
  /** What has not been sent yet. */
  readonly drafts: PortalTable;
  /** Who is signed in; sign-ins under way. */
  readonly sessions: PortalTable;
  /** Who is waiting for a digest, and what was sent. */
  readonly digests: PortalTable;
  /** What everybody may see: bulletins, and how often services are opened. */
  readonly catalogue: PortalTable;
  /** Who has looked at which case, and who has signed in: five years. Nothing in it is ever changed. */
  readonly accessLog: PortalTable;

  constructor(scope: Construct, id: string, { stage, keys }: { stage: Stage; keys: Keys }) {
    super(scope, id);
    const lasting = { key: keys.data, lasting: true, protected: stage.lasting };
    this.profiles = new PortalTable(this, 'Profiles', lasting);
    this.cases = new PortalTable(this, 'Cases', {
      ...lasting,
      expires: true,
      index: [
        {
          name: byService,
          partitionKey: { name: 'service', type: AttributeType.STRING },
          sortKey: { name: 'updatedAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
        {
          name: byEvent,
          partitionKey: { name: 'pk', type: AttributeType.STRING },
          sortKey: { name: 'eventAt', type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          name: byWait,
          partitionKey: { name: 'pk', type: AttributeType.STRING },
          sortKey: { name: 'waitsBy', type: AttributeType.STRING },
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.deliveries = new PortalTable(this, 'Deliveries', {
      key: keys.data,
      lasting: false,
      protected: stage.lasting,
    });
    Validations.of(this.deliveries).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'What a department has acknowledged must be nowhere: a backup would keep it for weeks (R6.7).',
    });
    this.drafts = new PortalTable(this, 'Drafts', {
      ...lasting,
      expires: true,
      index: {
        name: byExpiry,
        partitionKey: { name: 'expiryDay', type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      },
    });
    this.attachments = new PortalTable(this, 'Attachments', {
      ...lasting,
      index: {
        name: byDue,
        partitionKey: { name: 'due', type: AttributeType.STRING },
        sortKey: { name: 'dueAt', type: AttributeType.NUMBER },
        projectionType: ProjectionType.KEYS_ONLY,
      },
    });
    this.digests = new PortalTable(this, 'Digests', { ...lasting, expires: true });
    this.catalogue = new PortalTable(this, 'Catalogue', { ...lasting, expires: true });
    this.accessLog = new PortalTable(this, 'AccessLog', {
      ...lasting,
      expires: true,
      index: {
        name: byCase,
        partitionKey: { name: 'matter', type: AttributeType.STRING },
        sortKey: { name: 'at', type: AttributeType.NUMBER },
        projectionType: ProjectionType.ALL,
      },
    });
    this.sessions = new PortalTable(this, 'Sessions', {
      key: keys.data,
      lasting: false,
      protected: false,
      expires: true,
    });
    Validations.of(this.sessions).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'A session lives two hours; one brought back from the past would be a sign-in nobody made.',
    });
  }

  /** What the chain does for every signed-in request: finds the session and writes down that it was used. */
  grantSession(user: PortalFunction): void {
    this.sessions.grant(user, ['GetItem', 'UpdateItem'], ['SESSION#*']);
  }

  /** For whoever lets a session into a folder: it can be found by its person from then on. */
  grantListSession(user: PortalFunction): void {
    this.sessions.grant(user, ['PutItem'], ['PERSON#*']);
  }

  /** To add to the log of who looked; never to read, change or remove what is in it. */
  grantLog(user: PortalFunction): void {
    this.accessLog.grant(user, ['PutItem'], ['OWNER#*']);
  }
}
