import { Validations } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { Stage } from './stage.ts';
import { PortalTable } from './table.ts';

/** Names of the indexes, as storage asks for them. */
export const bySid = 'BySid';
export const byService = 'ByService';

export class Tables extends Construct {
  /** Who has a folder, and how to reach them. */
  readonly profiles: PortalTable;
  /** Cases, their events, and forms waiting for a department. */
  readonly cases: PortalTable;
  /** What has not been sent yet. */
  readonly drafts: PortalTable;
  /** Who is signed in; sign-ins under way. */
  readonly sessions: PortalTable;
  /** Who is waiting for a digest, and what was sent. */
  readonly digests: PortalTable;

  constructor(scope: Construct, id: string, { stage, keys }: { stage: Stage; keys: Keys }) {
    super(scope, id);
    const lasting = { key: keys.data, lasting: true, protected: stage.lasting };
    this.profiles = new PortalTable(this, 'Profiles', lasting);
    this.cases = new PortalTable(this, 'Cases', {
      ...lasting,
      expires: true,
      index: {
        name: byService,
        partitionKey: { name: 'service', type: AttributeType.STRING },
        sortKey: { name: 'updatedAt', type: AttributeType.NUMBER },
        projectionType: ProjectionType.ALL,
      },
    });
    this.drafts = new PortalTable(this, 'Drafts', { ...lasting, expires: true });
    this.digests = new PortalTable(this, 'Digests', { ...lasting, expires: true });
    this.sessions = new PortalTable(this, 'Sessions', {
      key: keys.data,
      lasting: false,
      protected: false,
      expires: true,
      index: {
        name: bySid,
        partitionKey: { name: 'sid', type: AttributeType.STRING },
        projectionType: ProjectionType.KEYS_ONLY,
      },
    });
    Validations.of(this.sessions).acknowledge({
      id: 'AwsSolutions-DDB3',
      reason: 'A session lives two hours; one brought back from the past would be a sign-in nobody made.',
    });
  }
}
