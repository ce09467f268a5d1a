import { join } from 'node:path';
import { type CfnElement, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../lambdas/configuration.ts';
import { logRetention } from './retention.ts';

export interface PortalFunctionProps<Environment> {
  /** Folder of the bundle, and the function's name: `cases-submit` is `lambdas/cases/submit.lambda.ts`. */
  readonly bundle: string;
  /** Exactly what the handler's `Environment` names: a forgotten variable does not compile. */
  readonly environment: Environment;
  /** `data` encrypts its log. */
  readonly keys: { readonly data: IKey };
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** At most so many at a time, and so many always; by default as many as the account has. */
  readonly concurrency?: number;
}

/** One handler: its bundle, a role of its own that begins with nothing, and its log. */
export class PortalFunction<Environment extends Partial<Settings> = Partial<Settings>> extends Construct {
  readonly name: string;
  readonly lambda: LambdaFunction;
  /** Within the role, for a template may have 500 resources: a policy beside each role would be a tenth of them. */
  private readonly permissions = new PolicyDocument();
  private readonly log: LogGroup;

  constructor(scope: Construct, id: string, props: PortalFunctionProps<Environment>) {
    super(scope, id);
    this.name = `${Stack.of(this).stackName}-${props.bundle}`;
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Own: this.permissions },
    });
    this.log = this.makeLog(props);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName: this.name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(import.meta.dirname, '../dist/lambdas', props.bundle)),
      handler: 'index.handler',
      environment: { ...props.environment } as Record<string, string>,
      role,
      logGroup: this.log,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMegabytes,
      // Traces keep the addresses of outgoing calls, and the state's register of mandates has identity codes in its own.
      tracing: Tracing.DISABLED,
      ...(props.concurrency !== undefined && { reservedConcurrentExecutions: props.concurrency }),
    });
  }

  /** Its name in the template, by which acknowledgements call it. */
  get logicalId(): string {
    return Stack.of(this).getLogicalId(this.lambda.node.defaultChild as CfnElement);
  }

  /** How many lines of its log hold a word, an outcome only it speaks of. */
  countLines(word: string): Metric {
    const filter = new MetricFilter(this, `Lines-${word}`, {
      logGroup: this.log,
      filterPattern: FilterPattern.literal(`"${word}"`),
      metricNamespace: Stack.of(this).stackName,
      metricName: word,
      metricValue: '1',
    });
    return filter.metric({ statistic: 'Sum' });
  }

  allow(statement: PolicyStatement): void {
    this.permissions.addStatements(statement);
  }

  private makeLog({ bundle, keys }: PortalFunctionProps<Environment>): LogGroup {
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/${Stack.of(this).stackName}/${bundle}`,
      encryptionKey: keys.data,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.allow(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [log.logGroupArn],
      }),
    );
    return log;
  }
}
