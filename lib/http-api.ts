import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Keys } from './keys.ts';
import type { PortalFunction } from './portal-function.ts';
import { logRetention } from './retention.ts';

export type RouteKey =
  `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${'api' | '.well-known' | 'gdpr-api'}/${string}`;

/** Requests a second over all citizens, and what may come at once; beyond it 429. */
const throttle = { rateLimit: 500, burstLimit: 1_000 };

/** The HTTP API behind CloudFront. Who may do what is decided in the handlers' chain, which alone can say no in problem+json. */
export class PortalApi extends Construct {
  readonly http: HttpApi;
  /** Host name CloudFront calls. */
  readonly host: string;

  constructor(scope: Construct, id: string, { keys }: { keys: Keys }) {
    super(scope, id);
    const { stackName, region, urlSuffix } = Stack.of(this);
    this.http = new HttpApi(this, 'Http', { apiName: stackName, createDefaultStage: false });
    this.host = `${this.http.apiId}.execute-api.${region}.${urlSuffix}`;
    new HttpStage(this, 'Stage', {
      httpApi: this.http,
      autoDeploy: true,
      throttle,
      accessLogSettings: { destination: new LogGroupLogDestination(this.log(keys)), format: accessLogFormat },
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Sessions and tokens are checked in the chain every handler runs in: an authorizer of an HTTP API cannot answer problem+json.',
    });
  }

  route(target: PortalFunction, keys: readonly RouteKey[]): void {
    // One leave for all routes of a function: one each would fill the stack, which may have 500 resources.
    const integration = new HttpLambdaIntegration(target.node.id, target.lambda, {
      scopePermissionToRoute: false,
    });
    for (const key of keys) {
      const [method, path] = key.split(' ') as [HttpMethod, string];
      this.http.addRoutes({ path, methods: [method], integration });
    }
  }

  /** Every path and method that has no route of its own. */
  routeOthers(target: PortalFunction): void {
    new HttpRoute(this, 'Others', {
      httpApi: this.http,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration(target.node.id, target.lambda),
    });
  }

  private log(keys: Keys): LogGroup {
    return new LogGroup(this, 'Log', {
      logGroupName: `/${Stack.of(this).stackName}/api`,
      encryptionKey: keys.data,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** Which route, how it went: no address, no path, no query, for those say who and what. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    at: '$context.requestTimeEpoch',
    route: '$context.routeKey',
    status: '$context.status',
    ms: '$context.responseLatency',
    requestId: '$context.requestId',
    integrationError: '$context.integrationErrorMessage',
  }),
);
