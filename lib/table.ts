import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  type ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { PortalFunction } from './portal-function.ts';
import { backupRetention } from './retention.ts';

export interface PortalTableProps {
  readonly key: Key;
  /** Its rows cannot be made again: point-in-time recovery, and kept when the stack goes. */
  readonly lasting: boolean;
  /** Cannot be deleted until somebody says so twice. */
  readonly protected: boolean;
  /** Rows carry `expiresAt`, in epoch seconds. */
  readonly expires?: boolean;
  readonly index?: TableIndex | readonly TableIndex[];
}

export interface TableIndex {
  readonly name: string;
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  readonly projectionType: ProjectionType;
}

export type Operation =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem';

export const reading = ['GetItem', 'Query'] as const satisfies Operation[];
export const writing = [
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
] as const satisfies Operation[];

/** Partition keys a function may touch, `*` standing for the rest: `OWNER#*`. */
type Partitions = readonly [string, ...string[]];

/** A table with `pk` and `sk`, and the only place that grants access to it. Nobody may scan. */
export class PortalTable extends Construct {
  readonly name: string;
  private readonly table: Table;
  private readonly key: Key;

  constructor(scope: Construct, id: string, props: PortalTableProps) {
    super(scope, id);
    this.key = props.key;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: props.lasting,
        ...(props.lasting && { recoveryPeriodInDays: backupRetention.toDays() }),
      },
      deletionProtection: props.protected,
      removalPolicy: props.protected ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(props.expires && { timeToLiveAttribute: 'expiresAt' }),
    });
    for (const { name, ...index } of [props.index ?? []].flat())
      this.table.addGlobalSecondaryIndex({ indexName: name, ...index });
    this.name = this.table.tableName;
  }

  /**
   * Transactions are checked as the operations they consist of. `attributes` are all that may be named in them, where
   * they are not all.
   */
  grant(
    user: PortalFunction,
    operations: readonly Operation[],
    partitions?: Partitions,
    attributes?: readonly string[],
  ): void {
    user.allow(
      new PolicyStatement({
        actions: operations.map(operation => `dynamodb:${operation}`),
        resources: [this.table.tableArn],
        ...(partitions && {
          conditions: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
            ...(attributes && {
              'ForAllValues:StringEquals': { 'dynamodb:Attributes': attributes },
              // Else a write could ask for the whole row back (IAM conditions for fine-grained access control).
              StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
            }),
          },
        }),
      }),
    );
    this.grantKey(user);
  }

  grantQueryIndex(reader: PortalFunction, index: string, partitions?: Partitions): void {
    reader.allow(
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${this.table.tableArn}/index/${index}`],
        ...(partitions && {
          conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
        }),
      }),
    );
    this.grantKey(reader);
  }

  /** DynamoDB uses the table's key in the caller's name; by itself the caller can do nothing with it. */
  private grantKey(user: PortalFunction): void {
    user.allow(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: [this.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
      }),
    );
  }
}
